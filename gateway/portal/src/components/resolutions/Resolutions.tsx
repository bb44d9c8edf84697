// What a meeting decided: recorded while it is in session, read ever after.
import { useQuery } from '@connectrpc/connect-query';
import { Button, Checkbox, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { explain } from '@/api/errors';
import { useActOf } from '@/api/useAct';
import { useWork } from '@/app/session';
import { MemberSelect } from '@/components/MemberSelect';
import { NativeSelect } from '@/components/NativeSelect';
import { Panel } from '@/components/Panel';
import { Problem } from '@/components/Problem';
import { dayText, toDay } from '@/components/projects/words';
import { type Meeting, Meeting_State } from '@/gen/jinhuan/meeting/v1/meeting_pb';
import { ProjectService } from '@/gen/jinhuan/meeting/v1/project_service_pb';
import type { Resolution } from '@/gen/jinhuan/meeting/v1/resolution_pb';
import { idOf } from '@/lib/names';

export function Resolutions({ meeting, runs }: { meeting: Meeting; runs: boolean }) {
  const { t } = useTranslation();
  const { alliance } = useWork();
  const query = useQuery(
    ProjectService.method.listResolutions,
    { parent: alliance, meeting: meeting.name, pageSize: 200 },
    { refetchInterval: 10_000 },
  );
  const open = meeting.state === Meeting_State.OPEN;
  const resolutions = query.data?.resolutions ?? [];
  if (!open && resolutions.length === 0) return null;
  return (
    <Panel title={t('resolutions.title')}>
      {resolutions.length === 0 && <p className="muted">{t('resolutions.none')}</p>}
      <ul className="rows">
        {resolutions.map((one) => (
          <li key={one.name} className="member-card" data-testid="resolution">
            <Row resolution={one} />
          </li>
        ))}
      </ul>
      {open && runs && <Record meeting={meeting} />}
    </Panel>
  );
}

function Row({ resolution }: { resolution: Resolution }) {
  const { t } = useTranslation();
  const missing = resolution.toCarryOut && !(resolution.leadMember && resolution.dueDate);
  return (
    <>
      <span>{resolution.title}</span>
      <span className={`tag ${missing ? 'tag-over' : 'tag-confirmed'}`}>
        {t(missing ? 'resolutions.incomplete' : `resolutions.state.${resolution.state}`)}
      </span>
      <span className="muted">
        {[
          resolution.leadMemberDisplayName,
          resolution.dueDate && t('projects.due', { day: dayText(resolution.dueDate) }),
        ]
          .filter(Boolean)
          .join(' · ')}{' '}
        {resolution.project && (
          <Link to={`/projects/${idOf(resolution.project)}`}>{t('resolutions.project')}</Link>
        )}
      </span>
    </>
  );
}

function Record({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation();
  const { alliance } = useWork();
  const id = useId();
  const [title, setTitle] = useState('');
  const [item, setItem] = useState(meeting.currentItem);
  const [toCarryOut, setToCarryOut] = useState(true);
  const [leadMember, setLead] = useState('');
  const [due, setDue] = useState('');
  const record = useActOf(ProjectService.method.recordResolution, [ProjectService], () =>
    t('resolutions.recorded'),
  );
  const wrong = record.error
    ? explain(record.error).violations.map((one) => one.text)[0]
    : undefined;
  const send = () =>
    record.send(
      {
        parent: alliance,
        resolution: {
          meeting: meeting.name,
          title: title.trim(),
          agendaItem: item,
          toCarryOut,
          leadMember: toCarryOut ? leadMember : '',
          dueDate: toCarryOut ? toDay(due) : undefined,
        },
      },
      () => {
        setTitle('');
        setDue('');
      },
    );
  return (
    <details className="folded">
      <summary data-testid="resolution-new">{t('resolutions.record')}</summary>
      <form
        className="reason-form"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <label htmlFor={id}>{t('resolutions.what')}</label>
        <Input
          id={id}
          value={title}
          maxLength={120}
          onChange={(event) => setTitle(event.target.value)}
          data-testid="resolution-title"
        />
        <label htmlFor={`${id}-item`}>{t('resolutions.item')}</label>
        <NativeSelect
          id={`${id}-item`}
          value={item}
          choices={[
            { value: '', label: t('resolutions.noItem') },
            ...meeting.agendaItems.map((one) => ({ value: one.id, label: one.title })),
          ]}
          onChange={(event) => setItem(event.target.value)}
        />
        <Checkbox checked={toCarryOut} onChange={(event) => setToCarryOut(event.target.checked)}>
          {t('resolutions.toCarryOut')}
        </Checkbox>
        {toCarryOut && (
          <>
            <MemberSelect
              value={leadMember}
              onChange={setLead}
              label={t('projects.field.leadMember')}
            />
            <label htmlFor={`${id}-due`}>{t('projects.field.dueDate')}</label>
            <Input
              id={`${id}-due`}
              type="date"
              value={due}
              onChange={(event) => setDue(event.target.value)}
              data-testid="resolution-due"
            />
          </>
        )}
        {wrong && <p className="field-error">{wrong}</p>}
        <Problem error={wrong ? null : record.error} />
        <Button
          type="primary"
          htmlType="submit"
          loading={record.isPending}
          disabled={!title.trim()}
          data-testid="resolution-save"
        >
          {t('resolutions.save')}
        </Button>
      </form>
    </details>
  );
}
