// The roll of a ballot: who is entitled, was there, and voted what.
import { useTranslation } from 'react-i18next';
import { useUnitName } from '@/components/exchange/useUnitName';
import { Panel } from '@/components/Panel';
import type { Ballot, Elector } from '@/gen/jinhuan/meeting/v1/ballot_pb';
import { useRoll } from './useBallots';

export function Roll({ ballot }: { ballot: Ballot }) {
  const { t } = useTranslation();
  const { roll } = useRoll(ballot, true);
  const unitName = useUnitName();
  const said = (one: Elector) => {
    if (ballot.rule?.secret) return one.drawn && t('ballots.hasDrawn');
    return one.choice !== 0 && t(`ballots.choice.${one.choice}`);
  };
  return (
    <Panel title={t('ballots.roll')}>
      <ul className="ballot-roll">
        {roll.map((one) => (
          <li key={one.name}>
            <strong>{one.memberDisplayName}</strong>
            <span className="muted">
              {[
                t(one.present ? 'ballots.present' : 'ballots.absent'),
                one.proxyHolder && t('ballots.byProxy', { unit: unitName(one.proxyHolder) }),
                one.votes !== 1 && t('ballots.votes', { count: one.votes }),
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
            <span>{said(one) || '–'}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
