import { Code, ConnectError, createRouterTransport } from '@connectrpc/connect';
import { TransportProvider } from '@connectrpc/connect-query';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, fireEvent, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { expect, test, vi } from 'vitest';
import { BookingService } from '@/gen/jinhuan/resource/v1/booking_service_pb';
import { useRequestId } from './requestId';
import { useMutation } from './useMutation';

// A hook that cancels a booking, and the ids of the calls that the server got.
function cancelling(answer: (call: number) => void = () => {}) {
  const ids: string[] = [];
  const said = vi.fn();
  const transport = createRouterTransport(({ service }) =>
    service(BookingService, {
      cancelBooking(request) {
        ids.push(request.requestId);
        answer(ids.length);
        return { name: request.name };
      },
    }),
  );
  const wrapper = ({ children }: { children: ReactNode }) => (
    <TransportProvider transport={transport}>
      <QueryClientProvider client={new QueryClient()}>{children}</QueryClientProvider>
    </TransportProvider>
  );
  const { result } = renderHook(
    () => {
      const requestId = useRequestId();
      const mutation = useMutation(BookingService.method.cancelBooking, {
        onSuccess: () => {
          requestId.done();
          said();
        },
      });
      const send = (name: string) =>
        mutation.mutate({ name, requestId: requestId.idFor({ name }) });
      return { send, mutation };
    },
    { wrapper },
  );
  return { ids, said, hook: result };
}

test('two clicks while the first is under way are one change, told once', async () => {
  const { ids, said, hook } = cancelling();
  act(() => {
    hook.current.send('a');
    hook.current.send('a');
  });
  await waitFor(() => expect(said).toHaveBeenCalled());
  await waitFor(() => expect(hook.current.mutation.isPending).toBe(false));
  expect(ids).toHaveLength(1);
  expect(said).toHaveBeenCalledTimes(1);
});

test('the second click of a double click may come when the first has gone through', async () => {
  const { ids, said, hook } = cancelling();
  fireEvent.click(document.body, { detail: 1 });
  act(() => hook.current.send('a'));
  await waitFor(() => expect(said).toHaveBeenCalledTimes(1));
  fireEvent.click(document.body, { detail: 2 });
  act(() => hook.current.send('a'));
  // Another click, or a key, is another wish.
  fireEvent.click(document.body, { detail: 1 });
  act(() => hook.current.send('a'));
  await waitFor(() => expect(said).toHaveBeenCalledTimes(2));
  expect(new Set(ids).size).toBe(2);
  expect(ids).toHaveLength(2);
});

test('another wish is not held up, and what failed may be tried again at once', async () => {
  const { ids, said, hook } = cancelling((call) => {
    if (call === 1) throw new ConnectError('busy', Code.Unavailable);
  });
  act(() => hook.current.send('a'));
  await waitFor(() => expect(hook.current.mutation.isError).toBe(true));
  act(() => hook.current.send('a'));
  await waitFor(() => expect(said).toHaveBeenCalledTimes(1));
  act(() => hook.current.send('b'));
  await waitFor(() => expect(said).toHaveBeenCalledTimes(2));
  expect(ids[0]).toBe(ids[1]);
  expect(ids).toHaveLength(3);
});
