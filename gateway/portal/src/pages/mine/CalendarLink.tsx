// An address under which calendar programs read the reader's terms, meetings and
// bookings. Whoever has it can read them, so it is shown once and can be ended.
import { useQuery } from '@connectrpc/connect-query';
import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { explain } from '@/api/errors';
import { refresh } from '@/api/refresh';
import { useRequestId } from '@/api/requestId';
import { useMutation } from '@/api/useMutation';
import { SecretOnce } from '@/components/accounts/SecretOnce';
import { Failure } from '@/components/Failure';
import { PageSkeleton } from '@/components/PageSkeleton';
import { Panel } from '@/components/Panel';
import { Problem } from '@/components/Problem';
import { useToast } from '@/components/Toast';
import { CalendarService } from '@/gen/jinhuan/alliance/v1/calendar_service_pb';
import { DEFAULT_ZONE, dateTime, ms } from '@/lib/time';

export function CalendarLink() {
  const { t, i18n } = useTranslation();
  const toast = useToast();
  const queries = useQueryClient();
  const requestId = useRequestId();
  // '' after a repeated answer, which lacks the path.
  const [path, setPath] = useState<string | null>(null);
  const query = useQuery(CalendarService.method.getCalendarLink);
  const make = useMutation(CalendarService.method.createCalendarLink, {
    onSuccess: (link) => {
      requestId.done();
      setPath(link.path);
      void refresh(queries, CalendarService);
    },
  });
  const revoke = useMutation(CalendarService.method.revokeCalendarLink, {
    onSuccess: () => {
      requestId.done();
      setPath(null);
      toast({ text: t('account.calendar.revoked') });
      void refresh(queries, CalendarService);
    },
  });
  const missing = !!query.error && explain(query.error).reason === 'RESOURCE_NOT_FOUND';
  const link = missing ? undefined : query.data;
  const date = (at: number) => dateTime(at, DEFAULT_ZONE, i18n.language);

  return (
    <Panel title={t('account.calendar.title')}>
      <p>{t('account.calendar.what')}</p>
      {query.isPending ? (
        <PageSkeleton lines={2} />
      ) : query.error && !missing ? (
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      ) : (
        <p className="muted" data-testid="calendar-state">
          {link
            ? [
                t('account.calendar.made', { date: date(ms(link.createTime)) }),
                link.readTime
                  ? t('account.calendar.read', { date: date(ms(link.readTime)) })
                  : t('account.calendar.unread'),
              ].join(' · ')
            : t('account.calendar.none')}
        </p>
      )}
      {path && (
        <SecretOnce
          label={t('account.calendar.address')}
          secret={`${window.location.origin}${path}`}
          copyLabel={t('account.calendar.copy')}
          note={t('account.calendar.once')}
          testId="calendar-address"
        />
      )}
      {path === '' && <p className="problem">{t('account.calendar.lost')}</p>}
      <Problem error={make.error ?? revoke.error} />
      <div className="panel-foot">
        <Button
          type={link ? 'default' : 'primary'}
          loading={make.isPending}
          onClick={() => make.mutate({ requestId: requestId.idFor('make') })}
          data-testid="make-calendar"
        >
          {t(link ? 'account.calendar.renew' : 'account.calendar.make')}
        </Button>
        {link && (
          <Button
            danger
            loading={revoke.isPending}
            onClick={() => revoke.mutate({ requestId: requestId.idFor('revoke') })}
            data-testid="revoke-calendar"
          >
            {t('account.calendar.revoke')}
          </Button>
        )}
      </div>
      {link && <p className="muted">{t('account.calendar.renewWhat')}</p>}
      <details className="how">
        <summary>{t('account.calendar.how.title')}</summary>
        <ul className="plain">
          {(['apple', 'android', 'desk'] as const).map((kind) => (
            <li key={kind}>
              <strong>{t(`account.calendar.how.${kind}.name`)}</strong>
              <span>{t(`account.calendar.how.${kind}.text`)}</span>
            </li>
          ))}
        </ul>
      </details>
    </Panel>
  );
}
