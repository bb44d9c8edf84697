import type { DescMessage, DescMethodUnary, MessageShape } from '@bufbuild/protobuf';
import { useActOf } from '@/api/useAct';
import { BookingService } from '@/gen/jinhuan/resource/v1/booking_service_pb';
import { ExchangeService } from '@/gen/jinhuan/resource/v1/exchange_service_pb';

// One act on the exchange, which may book or cancel too.
export function useAct<I extends DescMessage, O extends DescMessage>(
  method: DescMethodUnary<I, O>,
  said: (answer: MessageShape<O>) => string,
) {
  return useActOf(method, [ExchangeService, BookingService], said);
}
