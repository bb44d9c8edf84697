// The requests to dispatch, to handle, to rate, or that are nearly late, as items of the to-dos.
import { useTranslation } from 'react-i18next';
import { useAlliance } from '@/api/useAlliance';
import { TodoItem } from '@/components/TodoItem';
import { useLeft } from '@/components/useLeft';
import { type Request, Request_State } from '@/gen/jinhuan/meeting/v1/request_pb';
import { idOf } from '@/lib/names';
import { dayOf, deadline, ms } from '@/lib/time';
import { RequestActs } from './RequestActs';
import { useRequestTodos } from './useRequestTodos';

export function RequestTodos() {
  const { requests } = useRequestTodos();
  return requests.map((request) => <RequestTodo key={request.name} request={request} />);
}

function kindOf(request: Request, rates: boolean) {
  if (rates) return 'requests.todoRate';
  return request.overdue ? 'requests.todoLate' : (`requests.state.${request.state}` as const);
}

function RequestTodo({ request }: { request: Request }) {
  const { t, i18n } = useTranslation();
  const { zone } = useAlliance();
  const left = useLeft();
  const rates = request.own && request.state === Request_State.RESOLVED;
  const due = !rates && request.dueTime && deadline(ms(request.dueTime), zone, i18n.language);
  return (
    <TodoItem
      kind={t(kindOf(request, rates))}
      to={`/requests/${idOf(request.name)}`}
      title={request.title}
      facts={[
        t(`requests.category.${request.category}`),
        request.place,
        request.memberDisplayName,
        due && t('requests.dueBy', { time: due }),
        // The deadline is exclusive: the day of the moment before it is the last one.
        due && left(dayOf(ms(request.dueTime) - 1, zone)),
      ]}
      testId="todo-request"
    >
      <RequestActs request={request} />
    </TodoItem>
  );
}
