// The inbox of the reader: the latest first, each leading to what it is about.
import { useQuery } from '@connectrpc/connect-query';
import { keepPreviousData } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { explain } from '@/api/errors';
import { useActOf } from '@/api/useAct';
import { useSession } from '@/app/session';
import { Empty } from '@/components/Empty';
import { Failure } from '@/components/Failure';
import { FilterLinks } from '@/components/FilterLinks';
import { PageHead } from '@/components/PageHead';
import { Pager } from '@/components/Pager';
import { PageSkeleton } from '@/components/PageSkeleton';
import { Problem } from '@/components/Problem';
import type { Notice } from '@/gen/jinhuan/meeting/v1/notice_pb';
import { NoticeService } from '@/gen/jinhuan/meeting/v1/notice_service_pb';
import { DEFAULT_ZONE, dateTime, ms } from '@/lib/time';
import { whereOf } from '@/lib/whereOf';
import '@/components/notices/notices.css';

export default function NoticesPage() {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const unreadOnly = params.get('show') === 'unread';
  const query = useQuery(
    NoticeService.method.listNotices,
    { unreadOnly, pageToken: params.get('page') ?? '', pageSize: 20 },
    { placeholderData: keepPreviousData, refetchInterval: 15_000 },
  );
  const mark = useActOf(NoticeService.method.markNoticesRead, [NoticeService], () =>
    t('notices.marked'),
  );
  const notices = query.data?.notices ?? [];
  const latest = notices[0]?.createTime;
  return (
    <>
      <PageHead title={t('notices.title')} sub={t('notices.sub')}>
        <Button
          disabled={!query.data?.unreadCount || !latest}
          loading={mark.isPending}
          onClick={() => mark.send({ upToTime: latest })}
          data-testid="mark-all"
        >
          {t('notices.markAll')}
        </Button>
      </PageHead>
      <div className="filters">
        <FilterLinks
          label={t('notices.show')}
          param="show"
          options={[
            { value: '', label: t('action.all') },
            { value: 'unread', label: t('notices.unread') },
          ]}
        />
      </div>
      <Problem error={mark.error} />
      {query.isPending ? (
        <PageSkeleton lines={8} />
      ) : query.error ? (
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      ) : notices.length === 0 ? (
        <div className="panel">
          <Empty
            why={t(unreadOnly ? 'notices.noneUnread' : 'notices.none')}
            action={<Link to="/workbench">{t('nav.workbench')}</Link>}
          />
        </div>
      ) : (
        <ul className="panel rows">
          {notices.map((notice) => (
            <li key={notice.name}>
              <Row notice={notice} read={(name) => mark.send({ names: [name] })} />
            </li>
          ))}
        </ul>
      )}
      <Pager nextPageToken={query.data?.nextPageToken} />
    </>
  );
}

function Row({ notice, read }: { notice: Notice; read: (name: string) => void }) {
  const { t, i18n } = useTranslation();
  const { scope, offices } = useSession();
  const text = i18n.language === 'en' ? notice.textEn : notice.text;
  // Of a suspended unit nothing can be opened.
  const leads = scope !== undefined || offices.length > 0;
  return (
    <div className="inbox-item" data-testid="notice" data-read={notice.read}>
      {leads ? (
        <Link
          to={whereOf(notice.resource)}
          onClick={() => !notice.read && read(notice.name)}
          data-testid="notice-open"
        >
          {text}
        </Link>
      ) : (
        <span>{text}</span>
      )}
      {/* A notice does not know whether what it asked for was done since, or is no longer wanted: what
          there is to do stands on the workbench. What was read asks for nothing any more. */}
      {notice.actionNeeded && !notice.read && (
        <span className="tag tag-applied">{t('notices.toDo')}</span>
      )}
      <span className="muted">
        {dateTime(ms(notice.createTime), DEFAULT_ZONE, i18n.language)}
        {!notice.read && ` · ${t('notices.unread')}`}
      </span>
    </div>
  );
}
