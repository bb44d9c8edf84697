// A meeting as it is now, told by the server as it changes.
import { createClient } from '@connectrpc/connect';
import { useTransport } from '@connectrpc/connect-query';
import { useEffect, useState } from 'react';
import {
  MeetingService,
  type WatchMeetingResponse,
} from '@/gen/jinhuan/meeting/v1/meeting_service_pb';

const AGAIN = 2_000;
// The server says something every 15 s.
const SILENCE = 40_000;

export function useWatchMeeting(name: string) {
  const transport = useTransport();
  const [now, setNow] = useState<WatchMeetingResponse>();
  const [live, setLive] = useState(false);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    const client = createClient(MeetingService, transport);
    const ended = new AbortController();
    const once = async () => {
      const turn = new AbortController();
      const end = () => turn.abort();
      ended.signal.addEventListener('abort', end);
      let silence = setTimeout(end, SILENCE);
      try {
        for await (const told of client.watchMeeting({ name }, { signal: turn.signal })) {
          clearTimeout(silence);
          silence = setTimeout(end, SILENCE);
          setNow(told);
          setError(null);
          setLive(true);
        }
      } catch (failure) {
        if (!ended.signal.aborted) setError(failure);
      } finally {
        clearTimeout(silence);
        ended.signal.removeEventListener('abort', end);
        if (!ended.signal.aborted) setLive(false);
      }
    };
    const run = async () => {
      while (!ended.signal.aborted) {
        await once();
        await new Promise((resolve) => setTimeout(resolve, AGAIN));
      }
    };
    void run();
    return () => ended.abort();
  }, [name, transport]);
  return { now, live, error };
}
