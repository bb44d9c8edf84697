// Changes what is lent in two steps where that takes bookings back: first the server says
// which it touches, then, with a reason, it is done.
import { type Client, createClient } from '@connectrpc/connect';
import { useTransport } from '@connectrpc/connect-query';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { refresh } from '@/api/refresh';
import { useRequestId } from '@/api/requestId';
import { ReasonSheet } from '@/components/ReasonSheet';
import { BookingService } from '@/gen/jinhuan/resource/v1/booking_service_pb';
import type { Touched } from '@/gen/jinhuan/resource/v1/facility_pb';
import { FacilityService } from '@/gen/jinhuan/resource/v1/facility_service_pb';
import { TouchedText } from './TouchedText';

export interface How {
  validateOnly: boolean;
  recall: boolean;
  reason: string;
  requestId: string;
}

interface Options {
  zone: string;
  // What happens, as a sentence and as the word on the button.
  what: string;
  confirm: string;
  // The reason where the form has asked for it already.
  reason?: () => string;
  change: (client: Client<typeof FacilityService>, how: How) => Promise<{ touched?: Touched }>;
  onDone: () => void;
  onError: (error: unknown) => void;
}

export function useSupplyChange(options: Options) {
  const { t } = useTranslation();
  const client = createClient(FacilityService, useTransport());
  const queries = useQueryClient();
  const requestId = useRequestId();
  const [touched, setTouched] = useState<Touched>();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const make = async (recall: boolean, reason: string) => {
    await options.change(client, {
      validateOnly: false,
      recall,
      reason,
      requestId: requestId.idFor([options.what, recall, reason]),
    });
    requestId.done();
    setTouched(undefined);
    void refresh(queries, FacilityService, BookingService);
    options.onDone();
  };
  // A second click while the first is under way is the same click.
  const running = useRef(false);
  const attempt = async (work: () => Promise<void>, failed: (error: unknown) => void) => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    try {
      await work();
    } catch (failure) {
      failed(failure);
    } finally {
      running.current = false;
      setBusy(false);
    }
  };
  // A change of what the form holds is another request: the id of the one before is not its.
  const start = () =>
    attempt(async () => {
      requestId.done();
      const how = { validateOnly: true, recall: false, reason: options.reason?.() ?? '' };
      const preview = await options.change(client, { ...how, requestId: '' });
      setError(null);
      if (preview.touched?.count) setTouched(preview.touched);
      else await make(false, options.reason?.() ?? '');
    }, options.onError);

  const sheet = (
    <ReasonSheet
      open={!!touched}
      title={t('facilities.touched.title')}
      what={options.what}
      initial={options.reason?.()}
      confirm={options.confirm}
      danger
      busy={busy}
      error={error}
      onConfirm={(reason) => void attempt(() => make(true, reason), setError)}
      onClose={() => setTouched(undefined)}
    >
      {touched && <TouchedText touched={touched} zone={options.zone} />}
    </ReasonSheet>
  );
  return { start: () => void start(), busy, sheet };
}
