// Where an account is signed in, and the way to end that: one's own in the
// settings, anyone's for the system administrator.
import { useInfiniteQuery } from '@connectrpc/connect-query';
import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { explain } from '@/api/errors';
import { refresh } from '@/api/refresh';
import { useRequestId } from '@/api/requestId';
import { useMutation } from '@/api/useMutation';
import { Failure } from '@/components/Failure';
import { PageSkeleton } from '@/components/PageSkeleton';
import { Panel } from '@/components/Panel';
import { Problem } from '@/components/Problem';
import { useToast } from '@/components/Toast';
import { AuthService, type SessionInfo } from '@/gen/jinhuan/alliance/v1/auth_service_pb';
import { DEFAULT_ZONE, dateTime, ms } from '@/lib/time';
import { describeAgent } from '@/lib/userAgent';
import './accounts.css';

interface Props {
  // `users/{user}`.
  user: string;
  own: boolean;
}

export function Sessions({ user, own }: Props) {
  const { t } = useTranslation();
  const toast = useToast();
  const queries = useQueryClient();
  const requestId = useRequestId();
  const query = useInfiniteQuery(
    AuthService.method.listSessions,
    { parent: user, pageSize: 20, pageToken: '' },
    { pageParamKey: 'pageToken', getNextPageParam: (page) => page.nextPageToken || undefined },
  );
  const revoke = useMutation(AuthService.method.revokeSession, {
    onSuccess: ({ revokedCount }) => {
      requestId.done();
      void refresh(queries, AuthService);
      toast({ text: t('account.sessions.ended', { n: revokedCount }) });
    },
  });
  const end = (name: string) => revoke.mutate({ name, requestId: requestId.idFor({ name }) });
  const sessions = query.data?.pages.flatMap((page) => page.sessions) ?? [];
  const others = sessions.filter((session) => !session.current);

  return (
    <Panel title={t('account.sessions.title')}>
      {query.isPending ? (
        <PageSkeleton lines={3} />
      ) : query.error ? (
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      ) : sessions.length === 0 ? (
        <p className="muted">{t('account.sessions.none')}</p>
      ) : (
        <ul className="rows">
          {sessions.map((session) => (
            <SessionRow
              key={session.name}
              session={session}
              busy={revoke.isPending}
              end={() => end(session.name)}
            />
          ))}
        </ul>
      )}
      <Problem error={revoke.error} />
      <div className="panel-foot">
        {query.hasNextPage && (
          <Button loading={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
            {t('account.sessions.more')}
          </Button>
        )}
        {others.length > (own ? 0 : 1) && (
          <Button
            danger
            loading={revoke.isPending}
            onClick={() => end(`${user}/sessions/-`)}
            data-testid="end-sessions"
          >
            {t(own ? 'account.sessions.endOthers' : 'account.sessions.endAll')}
          </Button>
        )}
      </div>
    </Panel>
  );
}

interface RowProps {
  session: SessionInfo;
  busy: boolean;
  end: () => void;
}

function SessionRow({ session, busy, end }: RowProps) {
  const { t, i18n } = useTranslation();
  const date = (at: number) => dateTime(at, DEFAULT_ZONE, i18n.language);
  const program = describeAgent(session.userAgent) || t('account.sessions.unknown');
  return (
    <li className="line-item" data-testid={session.current ? 'session-current' : 'session'}>
      <div className="line-item-text">
        <h3 title={session.userAgent}>
          {program}
          {session.current && (
            <span className="tag tag-confirmed">{t('account.sessions.here')}</span>
          )}
        </h3>
        <p className="muted">
          {[
            session.address,
            t('account.sessions.since', { date: date(ms(session.createTime)) }),
            t('account.sessions.until', { date: date(ms(session.expireTime)) }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      {!session.current && (
        <Button
          disabled={busy}
          onClick={end}
          aria-label={t('account.sessions.endThis', { what: program })}
          data-testid="end-session"
        >
          {t('account.sessions.end')}
        </Button>
      )}
    </li>
  );
}
