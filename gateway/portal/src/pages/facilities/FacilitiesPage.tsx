import { useQuery } from '@connectrpc/connect-query';
import { keepPreviousData } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { explain } from '@/api/errors';
import { useWork } from '@/app/session';
import { Empty } from '@/components/Empty';
import { ExportButton } from '@/components/ExportButton';
import { Failure } from '@/components/Failure';
import { FilterLinks } from '@/components/FilterLinks';
import { PageHead } from '@/components/PageHead';
import { Pager } from '@/components/Pager';
import { PageSkeleton } from '@/components/PageSkeleton';
import { FacilityKind } from '@/gen/jinhuan/resource/v1/facility_pb';
import { FacilityService } from '@/gen/jinhuan/resource/v1/facility_service_pb';
import { ExportedList, ReportService } from '@/gen/jinhuan/resource/v1/report_service_pb';
import { kindIn } from '@/lib/enums';
import { idOf } from '@/lib/names';

export default function FacilitiesPage() {
  const { t } = useTranslation();
  const { alliance, member, isLiaison, isStreet } = useWork();
  const [params] = useSearchParams();
  const kind = kindIn[params.get('kind') ?? ''];
  const query = useQuery(
    FacilityService.method.listFacilities,
    { parent: alliance, kind, pageToken: params.get('page') ?? '', pageSize: 20 },
    { placeholderData: keepPreviousData },
  );
  const facilities = query.data?.facilities ?? [];
  const mayCreate = isLiaison || isStreet;
  return (
    <>
      <PageHead title={t('nav.facilities')} sub={t('facilities.sub')}>
        {mayCreate && (
          <>
            <ExportButton
              method={ReportService.method.exportList}
              request={{ parent: alliance, list: ExportedList.FACILITIES }}
              testId="export-list"
            />
            <Link
              to="/facilities/new"
              className="button-link button-primary"
              data-testid="facility-new"
            >
              {t('facilities.create')}
            </Link>
          </>
        )}
      </PageHead>
      <div className="filters">
        <FilterLinks
          label={t('facilities.kindLabel')}
          param="kind"
          options={[
            { value: '', label: t('action.all') },
            ...Object.entries(kindIn).map(([value, one]) => ({
              value,
              label: t(`facilities.kind.${FacilityKind[one]}`),
            })),
          ]}
        />
      </div>
      {query.isPending ? (
        <PageSkeleton lines={8} />
      ) : query.error ? (
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      ) : facilities.length === 0 ? (
        <div className="panel">
          <Empty
            why={t(kind ? 'facilities.noneOfKind' : 'facilities.none')}
            action={
              mayCreate ? (
                <Link to="/facilities/new">{t('facilities.create')}</Link>
              ) : (
                <Link to="/parking">{t('mine.book')}</Link>
              )
            }
          />
        </div>
      ) : (
        <ul className="panel rows">
          {facilities.map((one) => (
            <li key={one.name}>
              <Link
                to={`/facilities/${idOf(one.name)}`}
                className="member-card"
                data-testid="facility"
              >
                <span className="member-card-name">{one.displayName}</span>
                {one.owner === member && member ? (
                  <span className="tag tag-confirmed">{t('facilities.own')}</span>
                ) : (
                  <span />
                )}
                <span className="muted">
                  {[t(`facilities.kind.${FacilityKind[one.kind]}`), one.address]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      <Pager nextPageToken={query.data?.nextPageToken} />
    </>
  );
}
