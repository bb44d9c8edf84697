// The exchange's part of the to-dos, as items of their list.
import { MatchActs } from './MatchActs';
import { MatchCard } from './MatchCard';
import { useExchangeTodos } from './useExchangeTodos';

export function ExchangeTodos() {
  const { matches } = useExchangeTodos();
  return matches.map((match) => (
    <li key={match.name} className="todo-item todo-wide" data-testid="todo-match">
      <MatchCard match={match}>
        <MatchActs match={match} quick />
      </MatchCard>
    </li>
  ));
}
