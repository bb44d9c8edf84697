// The requests to dispatch, to handle, or that are nearly late, as items of the to-dos.
import { useTranslation } from 'react-i18next';
import { useAlliance } from '@/api/useAlliance';
import { TodoItem } from '@/components/TodoItem';
import type { Request } from '@/gen/jinhuan/meeting/v1/request_pb';
import { idOf } from '@/lib/names';
import { dateTime, ms } from '@/lib/time';
import { RequestActs } from './RequestActs';
import { useRequestTodos } from './useRequestTodos';

export function RequestTodos() {
  const { requests } = useRequestTodos();
  return requests.map((request) => <RequestTodo key={request.name} request={request} />);
}

function RequestTodo({ request }: { request: Request }) {
  const { t, i18n } = useTranslation();
  const { zone } = useAlliance();
  const due = request.dueTime && dateTime(ms(request.dueTime), zone, i18n.language);
  return (
    <TodoItem
      kind={t(request.overdue ? 'requests.todoLate' : `requests.state.${request.state}`)}
      to={`/requests/${idOf(request.name)}`}
      title={request.title}
      facts={[
        t(`requests.category.${request.category}`),
        request.place,
        request.memberDisplayName,
        due && t('requests.dueBy', { time: due }),
      ]}
      testId="todo-request"
    >
      <RequestActs request={request} />
    </TodoItem>
  );
}
