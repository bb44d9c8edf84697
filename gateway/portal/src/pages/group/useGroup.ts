// Books lines in one go, all or none, and says of each what came of it.
import { ConnectError } from '@connectrpc/connect';
import { useQueryClient } from '@tanstack/react-query';
import { refresh } from '@/api/refresh';
import { useRequestId } from '@/api/requestId';
import { useMutation } from '@/api/useMutation';
import { useWork } from '@/app/session';
import { ErrorInfoSchema } from '@/gen/google/rpc/error_details_pb';
import { Booking_State } from '@/gen/jinhuan/resource/v1/booking_pb';
import { BookingService } from '@/gen/jinhuan/resource/v1/booking_service_pb';
import { stamp } from '@/lib/time';
import type { Line } from './lines';

export type Answer = 'ready' | 'made' | 'pending' | 'refused' | 'undone';

// The server names the window and the start of what did not fit, where it knows.
function isToBlame(line: Line, error: unknown): boolean {
  const about = ConnectError.from(error).findDetails(ErrorInfoSchema)[0]?.metadata;
  if (!about?.window || about.window !== line.window) return false;
  return !about.start_time || Date.parse(about.start_time) === line.start;
}

export function useGroup() {
  const { alliance } = useWork();
  const queries = useQueryClient();
  const requestId = useRequestId();
  const create = useMutation(BookingService.method.batchCreateBookings);

  const book = (lines: readonly Line[], quantity: number, member: string) => {
    const requests = lines.map(({ window, start, end, plate }) => ({
      booking: { window, startTime: stamp(start), endTime: stamp(end), plate, quantity, member },
    }));
    create.mutate(
      { parent: alliance, requests, requestId: requestId.idFor(requests) },
      {
        onSuccess: () => requestId.done(),
        // Whatever came back, what is free is not what it was.
        onSettled: () => refresh(queries, BookingService),
      },
    );
  };
  const answerOf = (line: Line, index: number): Answer => {
    if (create.error) return isToBlame(line, create.error) ? 'refused' : 'undone';
    const made = create.data?.bookings[index];
    if (!made) return 'ready';
    return made.state === Booking_State.PENDING ? 'pending' : 'made';
  };
  return {
    book,
    answerOf,
    made: create.data?.bookings.length ?? 0,
    error: create.error,
    isPending: create.isPending,
    reset: create.reset,
  };
}
