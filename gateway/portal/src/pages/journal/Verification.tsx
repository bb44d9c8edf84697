// What this browser found when it checked the entry.
import { useTranslation } from 'react-i18next';
import { Panel } from '@/components/Panel';
import { checks, type Outcome } from '@/lib/proof/check';
import { letGo } from '@/lib/proof/held';
import type { ServiceId } from './services';
import { isSound, type Verdict } from './useVerify';

interface Props {
  service: ServiceId;
  verdict: Verdict;
  erased: boolean;
  again: () => void;
}

const marks: Record<Outcome, string> = { good: '✓', bad: '✕', first: '·', cannot: '?' };

export function Verification({ service, verdict, erased, again }: Props) {
  const { t } = useTranslation();
  const { findings, key, size } = verdict;
  const bad = checks.some((check) => findings[check] === 'bad');
  const outcome = bad ? 'bad' : isSound(findings) ? 'good' : 'partly';
  const anew = () => {
    letGo(service);
    again();
  };
  return (
    <Panel title={t('proof.title')} className="verification">
      <div role="status" data-testid="verdict" data-outcome={outcome}>
        <p className="verdict">{t(`proof.verdict.${outcome}`, { size })}</p>
        <ul>
          {checks.map((check) => (
            <li key={check} data-testid={`check-${check}`} data-outcome={findings[check]}>
              <span className="check-mark" aria-hidden="true">
                {marks[findings[check]]}
              </span>
              {t(`proof.${check}.${findings[check]}`)}
            </li>
          ))}
        </ul>
      </div>
      {erased && <p className="banner">{t('proof.erased')}</p>}
      <p className="muted">
        {t('proof.key')} <span className="mono">{key}</span>
      </p>
      {bad && (
        <p>
          <button type="button" className="button-link" onClick={anew} data-testid="trust-anew">
            {t('proof.anew')}
          </button>{' '}
          <span className="muted">{t('proof.anewWhy')}</span>
        </p>
      )}
    </Panel>
  );
}
