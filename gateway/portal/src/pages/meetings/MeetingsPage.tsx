import { useQuery } from '@connectrpc/connect-query';
import { keepPreviousData } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { explain } from '@/api/errors';
import { useAlliance } from '@/api/useAlliance';
import { useWork } from '@/app/session';
import { Empty } from '@/components/Empty';
import { Failure } from '@/components/Failure';
import { FilterLinks } from '@/components/FilterLinks';
import { MeetingRow } from '@/components/meetings/MeetingRow';
import { PageHead } from '@/components/PageHead';
import { Pager } from '@/components/Pager';
import { PageSkeleton } from '@/components/PageSkeleton';
import { MeetingService } from '@/gen/jinhuan/meeting/v1/meeting_service_pb';
import { meetingStateIn } from '@/lib/enums';

export default function MeetingsPage() {
  const { t } = useTranslation();
  const { alliance, isStreet, isChair } = useWork();
  const runs = isStreet || isChair;
  const { zone } = useAlliance();
  const [params] = useSearchParams();
  const query = useQuery(
    MeetingService.method.listMeetings,
    {
      parent: alliance,
      state: meetingStateIn[params.get('state') ?? ''],
      pageToken: params.get('page') ?? '',
      pageSize: 20,
    },
    { placeholderData: keepPreviousData },
  );
  const meetings = query.data?.meetings ?? [];
  return (
    <>
      <PageHead title={t('nav.meetings')}>
        {runs && (
          <Link to="/meetings/new" className="button-link button-primary" data-testid="meeting-new">
            {t('meetings.create')}
          </Link>
        )}
      </PageHead>
      <div className="filters">
        <FilterLinks
          label={t('meetings.stateLabel')}
          param="state"
          options={[
            { value: '', label: t('action.all') },
            { value: 'convened', label: t('meetings.convened') },
            { value: 'open', label: t('session.states.3') },
            { value: 'closed', label: t('session.states.4') },
            { value: 'cancelled', label: t('session.states.5') },
            ...(runs ? [{ value: 'draft', label: t('meetings.draft') }] : []),
          ]}
        />
      </div>
      {query.isPending ? (
        <PageSkeleton lines={8} />
      ) : query.error ? (
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      ) : meetings.length === 0 ? (
        <div className="panel">
          <Empty
            why={t(runs ? 'meetings.noneStreet' : 'meetings.none')}
            action={
              runs ? (
                <Link to="/meetings/new">{t('meetings.create')}</Link>
              ) : (
                <Link to="/workbench">{t('nav.workbench')}</Link>
              )
            }
          />
        </div>
      ) : (
        <section className="panel" aria-labelledby="meetings-list">
          <h2 id="meetings-list" className="sr-only">
            {t('meetings.list')}
          </h2>
          <ul className="rows">
            {meetings.map((meeting) => (
              <li key={meeting.name}>
                <MeetingRow meeting={meeting} zone={zone} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <Pager nextPageToken={query.data?.nextPageToken} />
    </>
  );
}
