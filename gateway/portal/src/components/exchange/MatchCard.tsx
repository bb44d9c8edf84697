// A match in a list: what, who gives whom, how much, where it stands.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useAlliance } from '@/api/useAlliance';
import type { Match } from '@/gen/jinhuan/resource/v1/exchange_pb';
import { idOf } from '@/lib/names';
import { span } from './span';
import { useUnitName } from './useUnitName';
import { matchTag } from './words';

interface Props {
  match: Match;
  children?: ReactNode;
}

export function MatchCard({ match, children }: Props) {
  const { t, i18n } = useTranslation();
  const { zone } = useAlliance();
  const unitName = useUnitName();
  const facts = [
    t(`exchange.category.${match.category}`),
    t('exchange.amount', { n: match.quantity, unit: match.quantityUnit }),
    match.terms && span(t, match.terms, zone, i18n.language),
  ];
  return (
    <>
      <div className="todo-text" data-testid="match" data-state={match.state}>
        <span className={`tag ${matchTag[match.state]}`}>
          {t(`exchange.matchState.${match.state}`)}
        </span>
        <h3>
          <Link to={`/exchange/matches/${idOf(match.name)}`}>{match.title}</Link>
        </h3>
        <p>
          {t('exchange.between', { giver: unitName(match.giver), taker: unitName(match.taker) })}
        </p>
        <p className="muted">{facts.filter(Boolean).join(' · ')}</p>
        {match.message && <p className="muted said">{match.message}</p>}
      </div>
      {children}
    </>
  );
}
