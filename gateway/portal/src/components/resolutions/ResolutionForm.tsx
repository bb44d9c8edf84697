// Records what a meeting decided, or changes what was recorded while it is in session.
import { Button, Checkbox, Input } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { explain } from '@/api/errors';
import { useActOf } from '@/api/useAct';
import { useWork } from '@/app/session';
import { useBallots } from '@/components/ballots/useBallots';
import { NativeSelect } from '@/components/NativeSelect';
import { Problem } from '@/components/Problem';
import { CarryOutFields, sentCarryOut } from '@/components/projects/CarryOutFields';
import { Ballot_Outcome } from '@/gen/jinhuan/meeting/v1/ballot_pb';
import type { Meeting } from '@/gen/jinhuan/meeting/v1/meeting_pb';
import { ProjectService } from '@/gen/jinhuan/meeting/v1/project_service_pb';
import type { Resolution } from '@/gen/jinhuan/meeting/v1/resolution_pb';
import { isoDay } from '@/lib/date';
import { lostAny } from './obstacles';

const mask = [
  'agenda_item',
  'title',
  'text',
  'ballot',
  'to_carry_out',
  'lead_member',
  'supporting_members',
  'responsible_person',
  'due_date',
  'standard',
  'apart_from_votes',
];

const valuesOf = (resolution: Resolution | undefined, agendaItem: string) => ({
  agendaItem: resolution ? resolution.agendaItem : agendaItem,
  title: resolution?.title ?? '',
  text: resolution?.text ?? '',
  ballot: resolution?.ballot ?? '',
  toCarryOut: resolution?.toCarryOut ?? true,
  leadMember: resolution?.leadMember ?? '',
  supportingMembers: resolution?.supportingMembers ?? [],
  responsiblePerson: resolution?.responsiblePerson ?? '',
  due: isoDay(resolution?.dueDate),
  standard: resolution?.standard ?? '',
  apartFromVotes: resolution?.apartFromVotes ?? false,
});

// What is carried out by nobody is sent without unit and date: hidden fields say nothing.
function sentOf({ due, ...values }: ReturnType<typeof valuesOf>) {
  const { toCarryOut } = values;
  return {
    ...values,
    title: values.title.trim(),
    ...sentCarryOut(
      toCarryOut ? { ...values, due } : { leadMember: '', due: '', supportingMembers: [] },
    ),
    responsiblePerson: toCarryOut ? values.responsiblePerson : '',
    standard: toCarryOut ? values.standard : '',
  };
}

interface Props {
  meeting: Meeting;
  // What is changed; absent: one is recorded.
  resolution?: Resolution;
  done?: () => void;
}

export function ResolutionForm({ meeting, resolution, done }: Props) {
  const { t } = useTranslation();
  const { alliance } = useWork();
  const id = useId();
  // As it was when the form opened: what another changed since is not overwritten.
  const [before] = useState(resolution);
  const [values, setValues] = useState(() => valuesOf(resolution, meeting.currentItem));
  const ballots = useBallots(meeting.name).data?.ballots ?? [];
  const record = useActOf(ProjectService.method.recordResolution, [ProjectService], () =>
    t('resolutions.recorded'),
  );
  const update = useActOf(ProjectService.method.updateResolution, [ProjectService], () =>
    t('resolutions.changed'),
  );
  const act = before ? update : record;
  const set = (change: Partial<typeof values>) => setValues((now) => ({ ...now, ...change }));
  const violations = act.error ? explain(act.error).violations : [];
  const wrong = (field: string) =>
    violations.find((one) => one.field.startsWith(`resolution.${field}`))?.text;
  const carried = ballots.filter(
    (one) =>
      one.outcome === Ballot_Outcome.CARRIED &&
      (!values.agendaItem || one.agendaItem === values.agendaItem),
  );
  const send = () => {
    const sent = sentOf(values);
    if (before) {
      const changed = { ...sent, name: before.name, etag: before.etag };
      update.send({ resolution: changed, updateMask: { paths: mask } }, done);
      return;
    }
    record.send({ parent: alliance, resolution: { ...sent, meeting: meeting.name } }, () => {
      setValues(valuesOf(undefined, meeting.currentItem));
      done?.();
    });
  };
  const text = (
    field: 'title' | 'text' | 'responsiblePerson' | 'standard',
    path: string,
    most: number,
    label: ReactNode,
  ) => {
    const shared = {
      id: `${id}-${field}`,
      value: values[field],
      maxLength: most,
      'aria-invalid': !!wrong(path),
      'aria-required': field === 'title',
      onChange: (event: { target: { value: string } }) => set({ [field]: event.target.value }),
      'data-testid': `resolution-${field}`,
    };
    return (
      <div className="field">
        <label htmlFor={shared.id} className={field === 'title' ? 'needed' : ''}>
          {label}
        </label>
        {most > 200 ? <Input.TextArea rows={3} {...shared} /> : <Input {...shared} />}
        {wrong(path) && <p className="field-error">{wrong(path)}</p>}
      </div>
    );
  };
  return (
    <form
      className="reason-form"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {text('title', 'title', 120, t('resolutions.what'))}
      {text('text', 'text', 5000, t('resolutions.text'))}
      <div className="field">
        <label htmlFor={`${id}-item`}>{t('resolutions.item')}</label>
        <NativeSelect
          id={`${id}-item`}
          value={values.agendaItem}
          choices={[
            { value: '', label: t('resolutions.noItem') },
            ...meeting.agendaItems.map((one) => ({ value: one.id, label: one.title })),
          ]}
          onChange={(event) => set({ agendaItem: event.target.value, ballot: '' })}
          data-testid="resolution-item"
        />
        {wrong('agenda_item') && <p className="field-error">{wrong('agenda_item')}</p>}
      </div>
      {(carried.length > 0 || values.ballot) && (
        <div className="field">
          <label htmlFor={`${id}-ballot`}>{t('resolutions.ballot')}</label>
          <NativeSelect
            id={`${id}-ballot`}
            value={values.ballot}
            choices={[
              { value: '', label: t('resolutions.noBallot') },
              ...carried.map((one) => ({ value: one.name, label: one.question })),
            ]}
            onChange={(event) => set({ ballot: event.target.value })}
            data-testid="resolution-ballot"
          />
          {wrong('ballot') && <p className="field-error">{wrong('ballot')}</p>}
        </div>
      )}
      {!values.agendaItem && !values.ballot && lostAny(ballots) && (
        <Checkbox
          checked={values.apartFromVotes}
          onChange={(event) => set({ apartFromVotes: event.target.checked })}
          data-testid="resolution-apart"
        >
          {t('resolutions.apart')}
        </Checkbox>
      )}
      <Checkbox
        checked={values.toCarryOut}
        onChange={(event) => set({ toCarryOut: event.target.checked })}
      >
        {t('resolutions.toCarryOut')}
      </Checkbox>
      {values.toCarryOut && (
        <>
          <p className="muted">{t('resolutions.needed')}</p>
          <CarryOutFields values={values} onChange={set} wrong={wrong} testId="resolution">
            {text(
              'responsiblePerson',
              'responsible_person',
              40,
              t('projects.field.responsiblePerson'),
            )}
            {text('standard', 'standard', 500, t('projects.field.standard'))}
          </CarryOutFields>
        </>
      )}
      <Problem error={violations.length > 0 ? null : act.error} />
      <Button
        type="primary"
        htmlType="submit"
        loading={act.isPending}
        disabled={!values.title.trim()}
        data-testid="resolution-save"
      >
        {t(before ? 'resolutions.keep' : 'resolutions.save')}
      </Button>
    </form>
  );
}
