// Which unit gets which requests by itself: the street writes the table as a whole.
import { useQuery } from '@connectrpc/connect-query';
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { explain } from '@/api/errors';
import { useWork } from '@/app/session';
import { Failure } from '@/components/Failure';
import { MemberSelect } from '@/components/MemberSelect';
import { NativeSelect } from '@/components/NativeSelect';
import { PageHead } from '@/components/PageHead';
import { PageSkeleton } from '@/components/PageSkeleton';
import { Problem } from '@/components/Problem';
import '@/components/requests/requests.css';
import { useAct } from '@/components/requests/useAct';
import { categories } from '@/components/requests/words';
import { type DispatchTable, RequestCategory } from '@/gen/jinhuan/meeting/v1/request_pb';
import { RequestService } from '@/gen/jinhuan/meeting/v1/request_service_pb';

interface Line {
  key: number;
  category: RequestCategory;
  grid: string;
  member: string;
}

let made = 0;
const lineOf = (rule: Omit<Line, 'key'>): Line => {
  made += 1;
  return { key: made, category: rule.category, grid: rule.grid, member: rule.member };
};
const empty = { category: RequestCategory.UNSPECIFIED, grid: '', member: '' };

export default function DispatchTablePage() {
  const { t } = useTranslation();
  const { alliance } = useWork();
  // What is being written is not overwritten by what is read.
  const query = useQuery(
    RequestService.method.getDispatchTable,
    { parent: alliance },
    { refetchInterval: false, refetchOnWindowFocus: false },
  );
  return (
    <>
      <PageHead
        title={t('requests.table.title')}
        sub={t('requests.table.sub')}
        back={{ to: '/requests', label: t('nav.requests') }}
      />
      {query.isPending ? (
        <PageSkeleton lines={8} />
      ) : query.data ? (
        <Form key={query.data.etag} table={query.data} />
      ) : (
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      )}
    </>
  );
}

function Form({ table }: { table: DispatchTable }) {
  const { t } = useTranslation();
  const { alliance } = useWork();
  const [lines, setLines] = useState(() => table.rules.map(lineOf));
  const [touched, setTouched] = useState(false);
  const act = useAct(RequestService.method.updateDispatchTable, () => t('requests.table.saved'));
  const change = (next: Line[]) => {
    setLines(next);
    setTouched(true);
  };
  const rules = lines.map(({ category, grid, member }) => ({
    category,
    grid: grid.trim(),
    member,
  }));
  return (
    <form
      className="panel"
      onSubmit={(event) => {
        event.preventDefault();
        act.send({ parent: alliance, dispatchTable: { rules, etag: table.etag } });
      }}
    >
      {lines.length === 0 && <p className="muted">{t('requests.table.empty')}</p>}
      <ol className="rows">
        {lines.map((line, i) => (
          <li key={line.key} data-testid="dispatch-rule">
            <Rule
              n={i + 1}
              line={line}
              onChange={(next) => change(lines.map((one) => (one === line ? next : one)))}
              onRemove={() => change(lines.filter((one) => one !== line))}
            />
          </li>
        ))}
      </ol>
      <Problem error={act.error} />
      <div className="row-actions">
        <Button onClick={() => change([...lines, lineOf(empty)])} data-testid="rule-add">
          {t('requests.table.add')}
        </Button>
        <Button
          type="primary"
          htmlType="submit"
          loading={act.isPending}
          disabled={!touched || rules.some((rule) => !rule.member)}
          data-testid="table-save"
        >
          {t('requests.table.save')}
        </Button>
        {touched && <span className="muted">{t('requests.table.changed')}</span>}
      </div>
    </form>
  );
}

interface RuleProps {
  n: number;
  line: Line;
  onChange: (line: Line) => void;
  onRemove: () => void;
}

function Rule({ n, line, onChange, onRemove }: RuleProps) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <fieldset className="dispatch-rule">
      <legend className="sr-only">{t('requests.table.rule', { n })}</legend>
      <div className="field">
        <label htmlFor={`${id}-category`}>{t('requests.categoryLabel')}</label>
        <NativeSelect
          id={`${id}-category`}
          choices={[
            { value: 0, label: t('requests.table.anyCategory') },
            ...categories.map((value) => ({ value, label: t(`requests.category.${value}`) })),
          ]}
          value={line.category}
          onChange={(event) => onChange({ ...line, category: Number(event.target.value) })}
          data-testid="rule-category"
        />
      </div>
      <div className="field">
        <label htmlFor={`${id}-grid`}>{t('requests.table.grid')}</label>
        <Input
          id={`${id}-grid`}
          maxLength={40}
          value={line.grid}
          placeholder={t('requests.table.anyGrid')}
          onChange={(event) => onChange({ ...line, grid: event.target.value })}
        />
      </div>
      <MemberSelect
        label={t('requests.table.unit')}
        value={line.member}
        onChange={(member) => onChange({ ...line, member })}
      />
      <Button onClick={onRemove} aria-label={t('requests.table.remove', { n })}>
        <span aria-hidden="true">×</span>
      </Button>
    </fieldset>
  );
}
