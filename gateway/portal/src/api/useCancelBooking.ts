// Cancelling is also the undo of a toast, which outlives the page that showed
// it: so this is a plain call and not a hook's mutation.
import { createClient } from '@connectrpc/connect';
import { useTransport } from '@connectrpc/connect-query';
import { useQueryClient } from '@tanstack/react-query';
import { BookingService } from '@/gen/jinhuan/resource/v1/booking_service_pb';
import { isTransient } from './errors';
import { refresh } from './refresh';
import { newRequestId } from './requestId';

export function useCancelBooking() {
  const transport = useTransport();
  const queries = useQueryClient();
  return async (name: string, reason: string): Promise<void> => {
    const client = createClient(BookingService, transport);
    const request = { name, reason, requestId: newRequestId() };
    try {
      await client.cancelBooking(request);
    } catch (error) {
      if (!isTransient(error)) throw error;
      // The same id: if the first one did get through, this changes nothing.
      await client.cancelBooking(request);
    } finally {
      void refresh(queries, BookingService);
    }
  };
}
