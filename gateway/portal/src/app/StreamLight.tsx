// Whether what is shown follows what happens, as it does while the stream is there.
import { useTransport } from '@connectrpc/connect-query';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { makeReader } from '@/api/events/readAgain';
import { follow } from '@/api/events/tabs';
import { useSession } from './session';

export function StreamLight() {
  const { t } = useTranslation();
  const transport = useTransport();
  const client = useQueryClient();
  const { caller } = useSession();
  const [live, setLive] = useState(false);
  useEffect(() => {
    const read = makeReader(client);
    return follow(transport, caller.name, (news) => {
      setLive(news.live);
      read(news);
    });
  }, [transport, client, caller.name]);
  const text = t(live ? 'session.liveOn' : 'session.liveOff');
  return (
    <span
      className={live ? 'stream-light stream-light-on' : 'stream-light'}
      role="img"
      aria-label={text}
      data-testid="stream-light"
      data-live={live}
    />
  );
}
