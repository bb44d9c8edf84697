import { useTranslation } from 'react-i18next';
import { useAlliance } from '@/api/useAlliance';
import type { RequestStep } from '@/gen/jinhuan/meeting/v1/request_pb';
import { dateTime, ms } from '@/lib/time';

// What happened to a request, in order.
export function Steps({ steps, testId }: { steps: RequestStep[]; testId: string }) {
  const { t, i18n } = useTranslation();
  const { zone } = useAlliance();
  return (
    <ol className="request-steps" aria-live="polite" data-testid={testId}>
      {steps.map((step, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: steps are only ever added
        <li key={i}>
          <b>{t(`requests.state.${step.state}`)}</b> {dateTime(ms(step.time), zone, i18n.language)}
          <p className="muted said">
            {[t(`requests.actor.${step.actor}`), step.memberDisplayName, step.reason]
              .filter(Boolean)
              .join(' · ')}
          </p>
        </li>
      ))}
    </ol>
  );
}
