// The stages of a procedure as steps with their dates and records.
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useAlliance } from '@/api/useAlliance';
import type { Stage, Step } from '@/gen/jinhuan/meeting/v1/procedure_pb';
import { Step_State } from '@/gen/jinhuan/meeting/v1/procedure_pb';
import { dateText } from '@/lib/date';
import { idOf } from '@/lib/names';
import { dateTime, ms } from '@/lib/time';
import './procedures.css';

export function Steps({ steps }: { steps: Step[] }) {
  const { t } = useTranslation();
  return (
    <ol className="steps">
      {steps.map((step, i) => (
        <li
          // biome-ignore lint/suspicious/noArrayIndexKey: steps neither move nor come and go
          key={i}
          className="step"
          data-state={step.state}
          data-testid="step"
          aria-current={
            step.state === Step_State.CURRENT || step.state === Step_State.PUBLISHED
              ? 'step'
              : undefined
          }
        >
          <span className="step-mark" aria-hidden="true">
            {step.state === Step_State.DONE ? '✓' : i + 1}
          </span>
          <div>
            <h3>{step.stage?.displayName}</h3>
            <p className="muted">{t(`procedures.stepState.${step.state}`)}</p>
            {step.stage && <StageRule stage={step.stage} />}
            <StepRecord step={step} />
          </div>
        </li>
      ))}
    </ol>
  );
}

export function StageRule({ stage }: { stage: Stage }) {
  const { t } = useTranslation();
  return (
    <>
      {stage.guidance && <p>{stage.guidance}</p>}
      <p className="muted">{ruleOf(t, stage)}</p>
    </>
  );
}

function ruleOf(t: TFunction, stage: Stage): string {
  return (
    [
      stage.ballotKind !== 0 &&
        t('procedures.needsBallot', { kind: t(`ballots.kind.${stage.ballotKind}`) }),
      stage.ballotKind === 0 && stage.needsMeeting && t('procedures.needsMeeting'),
      stage.body !== 0 && t('procedures.ofBody', { body: t(`meetings.body.${stage.body}`) }),
      stage.publicationDays > 0 && t('procedures.publishes', { count: stage.publicationDays }),
    ]
      .filter(Boolean)
      .join(' · ') || t('procedures.needsRecord')
  );
}

function StepRecord({ step }: { step: Step }) {
  const { t, i18n } = useTranslation();
  const { zone } = useAlliance();
  const at = (time: Step['startTime']) => time && dateTime(ms(time), zone, i18n.language);
  const dates = [
    step.startTime && t('procedures.since', { at: at(step.startTime) }),
    step.publicationEndDate &&
      t('procedures.publishedUntil', {
        day: dateText(step.publicationEndDate, i18n.language),
      }),
    step.endTime && t('procedures.until', { at: at(step.endTime) }),
  ].filter(Boolean);
  return (
    <>
      {step.record && <p className="said">{step.record}</p>}
      {step.meeting && (
        <p>
          <Link to={`/meetings/${idOf(step.meeting)}`}>{t('procedures.toMeeting')}</Link>
          {step.ballot && (
            <>
              {' · '}
              <Link to={`/meetings/${idOf(step.meeting)}/ballots/${idOf(step.ballot)}`}>
                {t('procedures.toBallot')}
              </Link>
            </>
          )}
        </p>
      )}
      {dates.length > 0 && <p className="muted">{dates.join(' · ')}</p>}
    </>
  );
}
