// Puts a question to the units that are present.
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NativeSelect } from '@/components/NativeSelect';
import { Problem } from '@/components/Problem';
import { Sheet } from '@/components/Sheet';
import { ItemKind } from '@/gen/jinhuan/alliance/v1/charter_pb';
import { BallotService } from '@/gen/jinhuan/meeting/v1/ballot_service_pb';
import type { Meeting } from '@/gen/jinhuan/meeting/v1/meeting_pb';
import { useBallotAct } from './useBallots';

const kinds = [
  ItemKind.ORDINARY,
  ItemKind.MAJOR,
  ItemKind.CHARTER,
  ItemKind.PERSONNEL,
  ItemKind.REPORT,
];

export function OpenBallot({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)} data-testid="ballot-new">
        {t('ballots.open')}
      </Button>
      <Sheet open={open} title={t('ballots.open')} onClose={() => setOpen(false)}>
        <Form meeting={meeting} done={() => setOpen(false)} />
      </Sheet>
    </>
  );
}

function Form({ meeting, done }: { meeting: Meeting; done: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  const items = meeting.agendaItems.filter((item) => item.id);
  // As a rule it is about what is dealt with.
  const now = items.find((one) => one.id === meeting.currentItem);
  const [item, setItem] = useState(now?.id ?? '');
  const [question, setQuestion] = useState(now?.title ?? '');
  const [kind, setKind] = useState(ItemKind.ORDINARY as ItemKind);
  const act = useBallotAct(BallotService.method.openBallot, () => t('ballots.opened'));
  const about = items.find((one) => one.id === item);
  // The item says under which rule it is decided; only a ballot without one chooses.
  const given = about?.kind;
  const choose = (next: string) => {
    setItem(next);
    const found = items.find((one) => one.id === next);
    if (found) setQuestion(found.title);
  };
  return (
    <form
      className="reason-form"
      onSubmit={(event) => {
        event.preventDefault();
        act.send(
          { parent: meeting.name, ballot: { question, kind: given || kind, agendaItem: item } },
          done,
        );
      }}
    >
      {items.length > 0 && (
        <>
          <label htmlFor={`${id}-item`}>{t('ballots.item')}</label>
          <NativeSelect
            id={`${id}-item`}
            value={item}
            onChange={(event) => choose(event.target.value)}
            choices={[
              { value: '', label: t('ballots.itemNone') },
              ...items.map((one) => ({ value: one.id, label: one.title })),
            ]}
          />
        </>
      )}
      <label htmlFor={`${id}-question`}>{t('ballots.question')}</label>
      <Input.TextArea
        id={`${id}-question`}
        rows={3}
        maxLength={200}
        value={question}
        onChange={(event) => setQuestion(event.target.value)}
        data-testid="ballot-question"
      />
      {given ? (
        <p data-testid="ballot-kind-given">
          {t('ballots.kindLabel')} <b>{t(`ballots.kind.${given}`)}</b>
        </p>
      ) : (
        <>
          <label htmlFor={`${id}-kind`}>{t('ballots.kindLabel')}</label>
          <NativeSelect
            id={`${id}-kind`}
            value={kind}
            onChange={(event) => setKind(Number(event.target.value))}
            choices={kinds.map((one) => ({ value: one, label: t(`ballots.kind.${one}`) }))}
            data-testid="ballot-kind"
          />
        </>
      )}
      <p className="muted">{t('ballots.ruleNote')}</p>
      <Problem error={act.error} />
      <Button
        type="primary"
        htmlType="submit"
        block
        loading={act.isPending}
        disabled={!question.trim()}
        data-testid="ballot-open"
      >
        {t('ballots.open')}
      </Button>
    </form>
  );
}
