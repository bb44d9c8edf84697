// The minutes of a meeting: read by all once published; the chair and the street edit and
// publish the draft.
import { useQuery } from '@connectrpc/connect-query';
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { explain } from '@/api/errors';
import { useActOf } from '@/api/useAct';
import { useWork } from '@/app/session';
import { AskButton } from '@/components/AskButton';
import { Facts } from '@/components/Facts';
import { Failure } from '@/components/Failure';
import { PageHead } from '@/components/PageHead';
import { PageSkeleton } from '@/components/PageSkeleton';
import { Panel } from '@/components/Panel';
import { Problem } from '@/components/Problem';
import { useUnsaved } from '@/components/useUnsaved';
import { MeetingService, MinutesFormat } from '@/gen/jinhuan/meeting/v1/meeting_service_pb';
import {
  type Minutes,
  Minutes_State,
  type MinutesAttendee,
} from '@/gen/jinhuan/meeting/v1/minutes_pb';
import { dateText } from '@/lib/date';
import { MinutesFiles } from './MinutesFiles';

export default function MinutesPage() {
  const { t } = useTranslation();
  const { id } = useParams();
  const { alliance, isStreet, isChair } = useWork();
  const query = useQuery(MeetingService.method.getMinutes, {
    name: `${alliance}/meetings/${id}/minutes`,
  });
  // What the editor began with, from the first key that was pressed: what another stores
  // meanwhile does not take it away.
  const [held, setHeld] = useState<Minutes | null>(null);
  const unsaved = useUnsaved(held !== null);
  const back = { to: `/meetings/${id}`, label: t('minutes.toMeeting') };
  if (query.isPending) return <PageSkeleton lines={12} />;
  if (!query.data) {
    return (
      <>
        <PageHead title={t('minutes.title')} back={back} />
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      </>
    );
  }
  const minutes = query.data;
  const draft = minutes.state === Minutes_State.DRAFT;
  const edits = draft && (isStreet || isChair);
  return (
    <>
      <PageHead title={minutes.title} sub={minutes.number} back={back}>
        {edits && <Publish minutes={minutes} saved={!held} />}
      </PageHead>
      {draft && <p className="banner">{t('minutes.draftNote')}</p>}
      {edits ? (
        <>
          {unsaved.question}
          <Edit
            key={(held ?? minutes).etag}
            minutes={held ?? minutes}
            onTyped={() => setHeld((before) => before ?? minutes)}
            onStored={() => setHeld(null)}
          />
        </>
      ) : (
        <Text minutes={minutes} />
      )}
      <Lists minutes={minutes} />
      <Panel title={t('minutes.files')} className="no-print">
        <MinutesFiles name={minutes.name} />
      </Panel>
    </>
  );
}

function Publish({ minutes, saved }: { minutes: Minutes; saved: boolean }) {
  const { t } = useTranslation();
  const publish = useActOf(MeetingService.method.publishMinutes, [MeetingService], () =>
    t('minutes.published'),
  );
  return (
    <AskButton
      label={t('minutes.publish')}
      title={t('minutes.publishAsk')}
      ready={saved}
      act={publish}
      go={(done) => publish.send({ name: minutes.name, etag: minutes.etag }, done)}
      testId="minutes-publish"
    >
      <p>{t(saved ? 'minutes.publishNote' : 'minutes.publishUnsaved')}</p>
      {saved && <MinutesFiles name={minutes.name} formats={[MinutesFormat.PDF]} />}
    </AskButton>
  );
}

function Text({ minutes }: { minutes: Minutes }) {
  return (
    <>
      {minutes.opening && (
        <div className="panel">
          <p className="said">{minutes.opening}</p>
        </div>
      )}
      {minutes.sections.map((section) => (
        <Panel key={section.heading} title={section.heading}>
          <p className="said">{section.body}</p>
        </Panel>
      ))}
    </>
  );
}

interface EditProps {
  minutes: Minutes;
  onTyped: () => void;
  onStored: () => void;
}

function Edit({ minutes, onTyped, onStored }: EditProps) {
  const { t } = useTranslation();
  const id = useId();
  const [title, setTitle] = useState(minutes.title);
  const [number, setNumber] = useState(minutes.number);
  const [opening, setOpening] = useState(minutes.opening);
  const [sections, setSections] = useState(
    minutes.sections.map(({ heading, body }) => ({ heading, body })),
  );
  const save = useActOf(MeetingService.method.updateMinutes, [MeetingService], () =>
    t('minutes.saved'),
  );
  const change = (index: number, part: { heading?: string; body?: string }) =>
    setSections(sections.map((one, i) => (i === index ? { ...one, ...part } : one)));
  const send = () =>
    save.send(
      {
        minutes: { name: minutes.name, etag: minutes.etag, title, number, opening, sections },
        updateMask: { paths: ['title', 'number', 'opening', 'sections'] },
      },
      onStored,
    );
  return (
    <form
      className="reason-form panel"
      onChange={onTyped}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <label htmlFor={`${id}-title`}>{t('minutes.field.title')}</label>
      <Input
        id={`${id}-title`}
        value={title}
        maxLength={100}
        onChange={(event) => setTitle(event.target.value)}
      />
      <label htmlFor={`${id}-number`}>{t('minutes.field.number')}</label>
      <Input
        id={`${id}-number`}
        value={number}
        maxLength={40}
        onChange={(event) => setNumber(event.target.value)}
      />
      <label htmlFor={`${id}-opening`}>{t('minutes.field.opening')}</label>
      <Input.TextArea
        id={`${id}-opening`}
        rows={3}
        value={opening}
        maxLength={2000}
        onChange={(event) => setOpening(event.target.value)}
        data-testid="minutes-opening"
      />
      {sections.map((section, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: sections have no other name, and keep their places
        <fieldset key={index} className="folded">
          <legend>{t('minutes.field.section', { n: index + 1 })}</legend>
          <Input
            aria-label={t('minutes.field.heading')}
            value={section.heading}
            maxLength={120}
            onChange={(event) => change(index, { heading: event.target.value })}
          />
          <Input.TextArea
            aria-label={t('minutes.field.body')}
            rows={6}
            value={section.body}
            maxLength={10_000}
            onChange={(event) => change(index, { body: event.target.value })}
          />
        </fieldset>
      ))}
      <Problem error={save.error} />
      {explain(save.error).reason === 'ETAG_STALE' && (
        <Button onClick={onStored} data-testid="minutes-reload">
          {t('form.reload')}
        </Button>
      )}
      <Button htmlType="submit" loading={save.isPending} data-testid="minutes-save">
        {t('minutes.save')}
      </Button>
    </form>
  );
}

function Lists({ minutes }: { minutes: Minutes }) {
  const { t, i18n } = useTranslation();
  const names = (list: MinutesAttendee[]) =>
    list
      .map((one) => (one.note ? `${one.displayName}（${one.note}）` : one.displayName))
      .join('、');
  return (
    <>
      {minutes.tasks.length > 0 && (
        <Panel title={t('minutes.tasks')}>
          <ul className="rows">
            {minutes.tasks.map((task) => (
              <li key={task.title} className="member-card">
                <span>{task.title}</span>
                <span className="muted">
                  {[
                    task.responsibleUnit,
                    task.responsiblePerson,
                    dateText(task.dueDate, i18n.language),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </li>
            ))}
          </ul>
        </Panel>
      )}
      <Facts
        title={t('minutes.attendance')}
        facts={[
          [t('minutes.present'), names(minutes.present)],
          [t('minutes.onLeave'), names(minutes.onLeave)],
          [t('minutes.inAttendance'), names(minutes.inAttendance)],
        ]}
      />
    </>
  );
}
