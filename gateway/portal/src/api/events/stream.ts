// Everything that changes, by one stream of the gateway: from the token that was seen last,
// again and again, until `signal` ends it.
import { Code, ConnectError, createClient, type Transport } from '@connectrpc/connect';
import { EventService } from '@/gen/jinhuan/gateway/v1/event_service_pb';

// What changed: a resource of a kind, by name.
export interface Change {
  kind: string;
  resource: string;
}

export interface News {
  // Whether the stream is there.
  live: boolean;
  // Stands for all that was told so far.
  token: string;
  changes: Change[];
  // True: something may have changed that was not told.
  missed: boolean;
}

const SOON = 1_000;
const LATE = 30_000;
// The gateway says something every 15 s.
const SILENCE = 40_000;

export async function stream(
  transport: Transport,
  from: string,
  signal: AbortSignal,
  tell: (news: News) => void,
): Promise<void> {
  const client = createClient(EventService, transport);
  let token = from;
  let wait = SOON;
  while (!signal.aborted) {
    const turn = new AbortController();
    const end = () => turn.abort();
    let silence = setTimeout(end, SILENCE);
    signal.addEventListener('abort', end);
    window.addEventListener('offline', end);
    try {
      for await (const message of client.watch({ resumeToken: token }, { signal: turn.signal })) {
        clearTimeout(silence);
        silence = setTimeout(end, SILENCE);
        const changes = message.events.map(({ kind, resource }) => ({ kind, resource }));
        const missed = token === '';
        token = message.resumeToken;
        wait = SOON;
        tell({ live: true, token, changes, missed });
      }
    } catch (error) {
      if (ConnectError.from(error).code === Code.OutOfRange) token = '';
    } finally {
      clearTimeout(silence);
      signal.removeEventListener('abort', end);
      window.removeEventListener('offline', end);
    }
    if (signal.aborted) return;
    // Who can't be told reads again now and then, and learns so of a session that ended.
    tell({ live: false, token, changes: [], missed: wait > SOON });
    await pause(wait, signal);
    wait = Math.min(2 * wait, LATE);
  }
}

// Less where the network comes back.
function pause(time: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      window.removeEventListener('online', done);
      resolve();
    };
    const timer = setTimeout(done, time);
    signal.addEventListener('abort', done);
    window.addEventListener('online', done);
  });
}
