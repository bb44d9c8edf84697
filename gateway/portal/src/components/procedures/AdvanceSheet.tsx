// Ends the stage that a procedure is at: its record, and the meeting or ballot that it asks
// for. Where a publication is over, nothing more is asked.
import { useQuery } from '@connectrpc/connect-query';
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWork } from '@/app/session';
import { useBallots } from '@/components/ballots/useBallots';
import { NativeSelect } from '@/components/NativeSelect';
import { Problem } from '@/components/Problem';
import { Sheet } from '@/components/Sheet';
import { Ballot_Outcome } from '@/gen/jinhuan/meeting/v1/ballot_pb';
import { Meeting_State } from '@/gen/jinhuan/meeting/v1/meeting_pb';
import { MeetingService } from '@/gen/jinhuan/meeting/v1/meeting_service_pb';
import { type Procedure, type Stage, Step_State } from '@/gen/jinhuan/meeting/v1/procedure_pb';
import { ProcedureService } from '@/gen/jinhuan/meeting/v1/procedure_service_pb';
import { StageRule } from './Steps';
import { useProcedureAct } from './useProcedures';

export function AdvanceSheet({ procedure }: { procedure: Procedure }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const step = procedure.steps[procedure.currentStep];
  const act = useProcedureAct(ProcedureService.method.advanceProcedure, () =>
    t('procedures.advanced'),
  );
  if (!step?.stage) return null;
  const { name, currentStep } = procedure;
  if (step.state === Step_State.PUBLISHED) {
    return (
      <>
        <Button
          type="primary"
          loading={act.isPending}
          onClick={() => act.send({ name, step: currentStep })}
          data-testid="advance"
        >
          {t('procedures.endPublication')}
        </Button>
        <Problem error={act.error} />
      </>
    );
  }
  const label = t(step.stage.publicationDays > 0 ? 'procedures.publish' : 'procedures.advance');
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)} data-testid="advance">
        {label}
      </Button>
      <Sheet open={open} title={step.stage.displayName} onClose={() => setOpen(false)}>
        <Form
          stage={step.stage}
          label={label}
          busy={act.isPending}
          error={act.error}
          send={(body) => act.send({ name, step: currentStep, ...body }, () => setOpen(false))}
        />
      </Sheet>
    </>
  );
}

interface FormProps {
  stage: Stage;
  label: string;
  busy: boolean;
  error: unknown;
  send: (body: { record: string; meeting: string; ballot: string }) => void;
}

function Form({ stage, label, busy, error, send }: FormProps) {
  const { t } = useTranslation();
  const id = useId();
  const [record, setRecord] = useState('');
  const [meeting, setMeeting] = useState('');
  const [ballot, setBallot] = useState('');
  return (
    <form
      className="reason-form"
      onSubmit={(event) => {
        event.preventDefault();
        send({ record: record.trim(), meeting, ballot });
      }}
    >
      <StageRule stage={stage} />
      {(stage.needsMeeting || stage.ballotKind !== 0) && (
        <MeetingChoice
          value={meeting}
          onChange={(next) => {
            setMeeting(next);
            setBallot('');
          }}
        />
      )}
      {stage.ballotKind !== 0 && meeting && (
        <BallotChoice meeting={meeting} stage={stage} value={ballot} onChange={setBallot} />
      )}
      <label htmlFor={id}>{t('procedures.record')}</label>
      <Input.TextArea
        id={id}
        rows={4}
        maxLength={2000}
        value={record}
        onChange={(event) => setRecord(event.target.value)}
        data-testid="record"
      />
      <Problem error={error} />
      <Button
        type="primary"
        htmlType="submit"
        block
        loading={busy}
        disabled={!record.trim()}
        data-testid="confirm-advance"
      >
        {label}
      </Button>
    </form>
  );
}

interface ChoiceProps {
  value: string;
  onChange: (name: string) => void;
}

function MeetingChoice({ value, onChange }: ChoiceProps) {
  const { t } = useTranslation();
  const id = useId();
  const { alliance } = useWork();
  const query = useQuery(MeetingService.method.listMeetings, { parent: alliance, pageSize: 200 });
  const held = (query.data?.meetings ?? []).filter((one) =>
    [Meeting_State.OPEN, Meeting_State.CLOSED].includes(one.state),
  );
  return (
    <>
      <label htmlFor={id}>{t('procedures.meeting')}</label>
      <NativeSelect
        id={id}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        choices={[
          { value: '', label: t('form.choose') },
          ...held.map((one) => ({ value: one.name, label: one.title })),
        ]}
        data-testid="advance-meeting"
      />
    </>
  );
}

function BallotChoice({
  meeting,
  stage,
  value,
  onChange,
}: ChoiceProps & { meeting: string; stage: Stage }) {
  const { t } = useTranslation();
  const id = useId();
  const carried = (useBallots(meeting).data?.ballots ?? []).filter(
    (one) => one.outcome === Ballot_Outcome.CARRIED && one.kind === stage.ballotKind,
  );
  return (
    <>
      <label htmlFor={id}>{t('procedures.ballot')}</label>
      <NativeSelect
        id={id}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        choices={[
          { value: '', label: t('form.choose') },
          ...carried.map((one) => ({ value: one.name, label: one.question })),
        ]}
        data-testid="advance-ballot"
      />
    </>
  );
}
