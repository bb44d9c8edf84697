// The handovers to sign, as items of the to-dos.
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useActOf } from '@/api/useAct';
import { useAlliance } from '@/api/useAlliance';
import { TodoItem } from '@/components/TodoItem';
import { type Handover, Handover_State } from '@/gen/jinhuan/meeting/v1/handover_pb';
import { HandoverService } from '@/gen/jinhuan/meeting/v1/handover_service_pb';
import { idOf } from '@/lib/names';
import { longDate, ms } from '@/lib/time';
import { useHandoverTodos } from './useHandoverTodos';

export function HandoverTodos() {
  const { handovers } = useHandoverTodos();
  return handovers.map((handover) => <HandoverTodo key={handover.name} handover={handover} />);
}

function HandoverTodo({ handover }: { handover: Handover }) {
  const { t, i18n } = useTranslation();
  const { zone } = useAlliance();
  const sign = useActOf(HandoverService.method.signHandover, [HandoverService], (after) =>
    t(after.state === Handover_State.SIGNED ? 'handover.both' : 'handover.one'),
  );
  const page = `/rotation/handovers/${idOf(handover.name)}`;
  return (
    <TodoItem
      kind={t('handover.title')}
      to={page}
      title={t('handover.between', {
        from: handover.outgoingMemberDisplayName,
        to: handover.incomingMemberDisplayName,
      })}
      facts={[
        t('handover.boundary', { day: longDate(ms(handover.boundaryTime), zone, i18n.language) }),
        handover.state === Handover_State.OVERDUE && t(`handover.state.${handover.state}`),
      ]}
      error={sign.error}
      testId="todo-handover"
    >
      <div className="row-actions">
        <Button
          type="primary"
          loading={sign.isPending}
          onClick={() => sign.send({ name: handover.name })}
          data-testid="handover-sign-now"
        >
          {t('handover.signNow')}
        </Button>
        <Link to={page} className="button-link">
          {t('handover.checklist')}
        </Link>
      </div>
    </TodoItem>
  );
}
