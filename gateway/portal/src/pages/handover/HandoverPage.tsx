// One handover: what is handed over, as the record says, and who has signed.
import { useQuery } from '@connectrpc/connect-query';
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { explain, isMissing } from '@/api/errors';
import { useActOf } from '@/api/useAct';
import { useAlliance } from '@/api/useAlliance';
import { useWork } from '@/app/session';
import { type Fact, Facts } from '@/components/Facts';
import { Failure } from '@/components/Failure';
import { stateTag, unsignedBy } from '@/components/handovers/words';
import { PageHead } from '@/components/PageHead';
import { PageSkeleton } from '@/components/PageSkeleton';
import { Panel } from '@/components/Panel';
import { Problem } from '@/components/Problem';
import {
  type Handover,
  Handover_State,
  type HandoverItem,
  HandoverKind,
  type HandoverSection,
  type HandoverSignature,
} from '@/gen/jinhuan/meeting/v1/handover_pb';
import { HandoverService } from '@/gen/jinhuan/meeting/v1/handover_service_pb';
import { isoDay } from '@/lib/date';
import { dateTime, dayOf, longDate, longDay, ms } from '@/lib/time';
import { whereOf } from '@/lib/whereOf';
import NotFoundPage from '../NotFoundPage';

const EVERY = 15_000;

export default function HandoverPage() {
  const { t, i18n } = useTranslation();
  const { id } = useParams();
  const { alliance } = useWork();
  const { zone } = useAlliance();
  const query = useQuery(
    HandoverService.method.getHandover,
    { name: `${alliance}/handovers/${id}` },
    { refetchInterval: EVERY },
  );
  const back = { to: '/rotation/handovers', label: t('handover.list') };
  if (query.isPending) return <PageSkeleton lines={10} />;
  if (!query.data) {
    if (isMissing(query.error)) return <NotFoundPage />;
    return (
      <>
        <PageHead title={t('handover.title')} back={back} />
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      </>
    );
  }
  const handover = query.data;
  return (
    <>
      <PageHead
        title={t('handover.between', {
          from: handover.outgoingMemberDisplayName,
          to: handover.incomingMemberDisplayName,
        })}
        sub={t('handover.boundary', {
          day: longDate(ms(handover.boundaryTime), zone, i18n.language),
        })}
        back={back}
      />
      <Signatures handover={handover} />
      <Sign handover={handover} />
      {handover.sections.map((section) => (
        <Section key={section.kind} section={section} />
      ))}
    </>
  );
}

function Signatures({ handover }: { handover: Handover }) {
  const { t, i18n } = useTranslation();
  const { zone } = useAlliance();
  const said = (signature: HandoverSignature | undefined) =>
    signature ? (
      <span className="said">
        {[
          t('handover.signedAt', { time: dateTime(ms(signature.signTime), zone, i18n.language) }),
          signature.note,
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
    ) : (
      t('handover.notSigned')
    );
  const facts: Fact[] = [
    [
      t('handover.stands'),
      <span key="state" className={`tag ${stateTag[handover.state]}`} data-testid="handover-state">
        {t(`handover.state.${handover.state}`)}
      </span>,
    ],
    [handover.outgoingMemberDisplayName, said(handover.outgoingSignature)],
    [handover.incomingMemberDisplayName, said(handover.incomingSignature)],
  ];
  return <Facts title={t('handover.signatures')} facts={facts} />;
}

function Sign({ handover }: { handover: Handover }) {
  const { t } = useTranslation();
  const id = useId();
  const { member, isLiaison } = useWork();
  const [note, setNote] = useState('');
  const sign = useActOf(HandoverService.method.signHandover, [HandoverService], (after) =>
    t(after.state === Handover_State.SIGNED ? 'handover.both' : 'handover.one'),
  );
  if (!isLiaison || !member || !unsignedBy(handover, member)) return null;
  return (
    <Panel title={t('handover.sign')}>
      <p>{t('handover.what')}</p>
      <div className="reason-form">
        <label htmlFor={id}>{t('handover.note')}</label>
        <Input.TextArea
          id={id}
          rows={2}
          value={note}
          maxLength={500}
          onChange={(event) => setNote(event.target.value)}
        />
        <Problem error={sign.error} />
        <Button
          type="primary"
          loading={sign.isPending}
          onClick={() => sign.send({ name: handover.name, note: note.trim() })}
          data-testid="handover-sign"
        >
          {t('handover.signNow')}
        </Button>
      </div>
    </Panel>
  );
}

function Section({ section }: { section: HandoverSection }) {
  const { t } = useTranslation();
  return (
    <Panel
      title={t(`handover.kind.${section.kind}`)}
      extra={<span className="muted">{t('handover.count', { n: section.count })}</span>}
    >
      {section.count === 0 ? (
        <p className="muted">{t('handover.nothing')}</p>
      ) : (
        <details className="folded">
          <summary>{t('handover.show')}</summary>
          <ul className="rows" data-testid={`handover-${section.kind}`}>
            {section.items.map((item) => (
              <li key={item.resource}>
                <Item item={item} kind={section.kind} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </Panel>
  );
}

function Item({ item, kind }: { item: HandoverItem; kind: HandoverKind }) {
  const { t, i18n } = useTranslation();
  const { zone } = useAlliance();
  const day = isoDay(item.date);
  // Its day is the last one.
  const late = kind === HandoverKind.REQUEST && !!day && day < dayOf(Date.now(), zone);
  return (
    <span>
      <Link to={whereOf(item.resource)}>{item.title}</Link>{' '}
      {late && <span className="tag tag-over">{t('requests.overdue')}</span>}{' '}
      <span className="muted">
        {[
          longDay(day, i18n.language),
          item.responsible,
          ...item.contacts.map((one) => [one.title, one.phone].filter(Boolean).join(' ')),
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </span>
  );
}
