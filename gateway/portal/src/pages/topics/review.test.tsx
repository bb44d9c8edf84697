import { createRouterTransport, type Transport } from '@connectrpc/connect';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { Role } from '@/gen/jinhuan/auth/v1/access_pb';
import { Meeting_State } from '@/gen/jinhuan/meeting/v1/meeting_pb';
import { Topic_State } from '@/gen/jinhuan/meeting/v1/topic_pb';
import { TopicService } from '@/gen/jinhuan/meeting/v1/topic_service_pb';
import { stamp } from '@/lib/time';
import { ALLIANCE, fakeTransport, HOUR, newFake } from '@/test/fake';
import { renderAt } from '@/test/renderAt';

it('names no meeting that is over for a topic that was meant for it', async () => {
  const over = `${ALLIANCE}/meetings/over`;
  const topic = {
    name: `${ALLIANCE}/topics/t`,
    title: 'topic',
    meeting: over,
    state: Topic_State.SUBMITTED,
  };
  let named: string | undefined;
  const own = createRouterTransport(({ service }) => {
    service(TopicService, {
      getTopic: () => topic,
      listTopics: () => ({ topics: [topic] }),
      reviewTopic(request) {
        named = request.meeting;
        return { ...topic, state: Topic_State.ACCEPTED };
      },
    });
  });
  const fake = newFake();
  fake.role = Role.STREET_ADMIN;
  const add = (name: string, title: string, state: Meeting_State, start: number) =>
    fake.meetings.push({
      name,
      title,
      state,
      startTime: stamp(start),
      endTime: stamp(start + HOUR),
    });
  add(over, 'the last one', Meeting_State.CLOSED, Date.now() - 2 * HOUR);
  add(`${ALLIANCE}/meetings/next`, 'the next one', Meeting_State.DRAFT, Date.now() + HOUR);
  const others = fakeTransport(fake);
  const to = (parent: unknown) => (parent === TopicService ? own : others);
  renderAt('/topics/t', fake, {
    stream: (method, ...rest) => to(method.parent).stream(method, ...rest),
    unary: (method, ...rest) => to(method.parent).unary(method, ...rest),
  } as Transport);
  await screen.findByText(/the next one/);
  expect(screen.queryByText(/the last one/)).not.toBeInTheDocument();
  expect(screen.getByTestId('topic-meeting')).toHaveValue('');
  fireEvent.click(screen.getByTestId('topic-decide'));
  await waitFor(() => expect(named).toBe(''));
});
