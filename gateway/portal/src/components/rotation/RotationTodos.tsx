// The rotation's part of the to-dos, as items of their list.
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { SwapCard } from './SwapCard';
import { useRotationTodos } from './useRotationTodos';

export function RotationTodos() {
  const { t } = useTranslation();
  const { swaps, replan, reasons, drafted } = useRotationTodos();
  return (
    <>
      {swaps.map((swap) => (
        <li key={swap.name} className="todo-item todo-wide" data-testid="todo-swap">
          <div className="todo-text">
            <span className="tag tag-kind">{t('rotation.todo.swap')}</span>
          </div>
          <SwapCard swap={swap} />
        </li>
      ))}
      {replan && (
        <li className="todo-item" data-testid="todo-replan">
          <div className="todo-text">
            <span className="tag tag-kind">{t('rotation.todo.replan')}</span>
            <h3>
              <Link to="/rotation/plan">
                {t(drafted ? 'rotation.todo.publishTitle' : 'rotation.todo.replanTitle')}
              </Link>
            </h3>
            {reasons.map((reason) => (
              <p key={reason} className="muted">
                {reason}
              </p>
            ))}
          </div>
          <Link to="/rotation/plan" className="button-link">
            {t('rotation.plan.go')}
          </Link>
        </li>
      )}
    </>
  );
}
