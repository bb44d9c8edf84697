// The life of a unit so far, the latest step first.
import { useTranslation } from 'react-i18next';
import type { StateChange } from '@/gen/jinhuan/alliance/v1/alliance_pb';
import { clock, longDate, ms } from '@/lib/time';
import { StateTag } from './StateTag';

interface Props {
  history: readonly StateChange[];
  zone: string;
}

export function History({ history, zone }: Props) {
  const { t, i18n } = useTranslation();
  return (
    <ol className="history">
      {history.toReversed().map((step) => {
        const at = ms(step.time);
        return (
          <li key={`${at} ${step.toState}`}>
            <p className="history-head">
              <StateTag state={step.toState} />
              <span>{step.actorDisplayName || t('members.applicantItself')}</span>
              <time dateTime={new Date(at).toISOString()} className="muted">
                {`${longDate(at, zone, i18n.language)} ${clock(at, zone)}`}
              </time>
            </p>
            {step.reason && <p className="said">{step.reason}</p>}
          </li>
        );
      })}
    </ol>
  );
}
