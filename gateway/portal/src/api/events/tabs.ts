// One stream a person, not a tab: the tab that holds the lock has it and tells the others.
// When it closes, the next one goes on from the token that all of them know.
import type { Transport } from '@connectrpc/connect';
import { type News, stream } from './stream';

// Tells all news of `person` until the function that it gives is called.
export function follow(
  transport: Transport,
  person: string,
  tell: (news: News) => void,
): () => void {
  const name = `jinhuan events ${person}`;
  const ended = new AbortController();
  const channel = new BroadcastChannel(name);
  let last: News = { live: false, token: '', changes: [], missed: false };
  let leads = false;
  const take = (news: News) => {
    last = news;
    tell(news);
  };
  channel.onmessage = ({ data }: MessageEvent<News | null>) => {
    if (data) take(data);
    // A tab that has just been opened asks how things are.
    else if (leads) channel.postMessage({ ...last, changes: [], missed: false });
  };
  channel.postMessage(null);
  const lead = () => {
    leads = true;
    return stream(transport, last.token, ended.signal, (news) => {
      take(news);
      channel.postMessage(news);
    });
  };
  const ignore = () => {}; // the lock was not wanted any more
  if (navigator.locks) navigator.locks.request(name, { signal: ended.signal }, lead).catch(ignore);
  else void lead();
  return () => {
    ended.abort();
    channel.close();
  };
}
