import { useQuery } from '@connectrpc/connect-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import { explain } from '@/api/errors';
import { useWork } from '@/app/session';
import { Empty } from '@/components/Empty';
import { Failure } from '@/components/Failure';
import { PageHead } from '@/components/PageHead';
import { Pager } from '@/components/Pager';
import { PageSkeleton } from '@/components/PageSkeleton';
import { Panel } from '@/components/Panel';
import { bookingPage } from '@/components/slots/bookingPage';
import { MemberService } from '@/gen/jinhuan/alliance/v1/member_service_pb';
import { Facility_State, FacilityKind, Window_State } from '@/gen/jinhuan/resource/v1/facility_pb';
import { FacilityService } from '@/gen/jinhuan/resource/v1/facility_service_pb';
import { idOf } from '@/lib/names';
import { DEFAULT_ZONE } from '@/lib/time';
import { ClosuresPanel } from './ClosuresPanel';
import { EndWindow } from './EndWindow';
import { firstOpenDay } from './firstOpenDay';
import { Retire } from './Retire';
import { Use } from './Use';
import { WindowCard } from './WindowCard';

export default function FacilityPage() {
  const { t } = useTranslation();
  const { id } = useParams();
  const [params] = useSearchParams();
  const { alliance, member, isLiaison, isStreet } = useWork();
  const name = `${alliance}/facilities/${id}`;
  const facility = useQuery(FacilityService.method.getFacility, { name });
  const windows = useQuery(FacilityService.method.listWindows, {
    parent: name,
    pageToken: params.get('page') ?? '',
  });
  const owner = useQuery(
    MemberService.method.getMember,
    { name: facility.data?.owner },
    { enabled: !!facility.data?.owner },
  );
  const back = { to: '/facilities', label: t('nav.facilities') };

  if (facility.isPending) return <PageSkeleton lines={10} />;
  if (!facility.data) {
    return (
      <>
        <PageHead title={t('nav.facilities')} back={back} />
        <Failure text={explain(facility.error).text} retry={() => facility.refetch()} />
      </>
    );
  }
  const one = facility.data;
  const retired = one.state === Facility_State.RETIRED;
  const mayEdit = !retired && (isStreet || (isLiaison && one.owner === member));
  const page = bookingPage[one.kind];
  const list = windows.data?.windows ?? [];
  const day = firstOpenDay(list, Date.now(), one.timeZone || DEFAULT_ZONE);
  const create = (
    <Link to={`/facilities/${id}/windows/new`} className="button-link" data-testid="window-new">
      {t('facilities.windowCreate')}
    </Link>
  );

  return (
    <>
      <PageHead
        title={one.displayName}
        back={back}
        sub={t(`facilities.kind.${FacilityKind[one.kind]}`)}
      >
        {mayEdit && (
          <Link to={`/facilities/${id}/edit`} className="button-link">
            {t('action.edit')}
          </Link>
        )}
        {mayEdit && one.kind === FacilityKind.CANTEEN && (
          <Link to={`/facilities/${id}/menus`} className="button-link" data-testid="edit-menus">
            {t('menus.edit')}
          </Link>
        )}
        {mayEdit && <Retire facility={one} />}
        {mayEdit && one.kind === FacilityKind.PARKING && (
          <Link to="/passes" className="button-link" data-testid="facility-passes">
            {t('passes.title')}
          </Link>
        )}
        {retired && <span className="tag tag-over">{t('facilities.retire.tag')}</span>}
        {page && !retired && (
          <Link to={day ? `${page}?day=${day}` : page} className="button-link button-primary">
            {t('facilities.book')}
          </Link>
        )}
      </PageHead>
      <Panel title={t('facilities.about')}>
        <dl className="facts">
          <div>
            <dt>{t('facilities.owner')}</dt>
            <dd>
              <Link to={`/members/${idOf(one.owner)}`}>
                {owner.data?.displayName ?? idOf(one.owner)}
              </Link>
            </dd>
          </div>
          <div>
            <dt>{t('facilities.address')}</dt>
            <dd>{one.address || '–'}</dd>
          </div>
          <div>
            <dt>{t('facilities.description')}</dt>
            <dd>{one.description || '–'}</dd>
          </div>
        </dl>
      </Panel>
      <Panel title={t('facilities.windows')} extra={mayEdit && list.length > 0 && create}>
        {windows.isPending ? (
          <PageSkeleton lines={4} />
        ) : windows.error ? (
          <Failure text={explain(windows.error).text} retry={() => windows.refetch()} />
        ) : list.length === 0 ? (
          <Empty why={t('facilities.windowsNone')} action={mayEdit ? create : undefined} />
        ) : (
          <ul className="rows">
            {list.map((window) => (
              <li key={window.name}>
                <WindowCard window={window}>
                  {mayEdit && window.state === Window_State.OPEN && (
                    <p className="row-actions">
                      <Link
                        to={`/facilities/${id}/windows/${idOf(window.name)}/edit`}
                        className="button-link"
                        data-testid="window-edit"
                      >
                        {t('action.edit')}
                      </Link>
                      {one.kind === FacilityKind.PARKING && (
                        <Link
                          to={`/facilities/${id}/windows/${idOf(window.name)}/passes`}
                          className="button-link"
                          data-testid="window-passes"
                        >
                          {t('passes.terms')}
                        </Link>
                      )}
                      <EndWindow window={window} zone={one.timeZone || DEFAULT_ZONE} />
                    </p>
                  )}
                </WindowCard>
              </li>
            ))}
          </ul>
        )}
        <Pager nextPageToken={windows.data?.nextPageToken} />
      </Panel>
      <ClosuresPanel
        facility={name}
        windows={list}
        zone={one.timeZone || DEFAULT_ZONE}
        mayEdit={mayEdit}
      />
      {mayEdit && <Use facility={name} zone={one.timeZone || DEFAULT_ZONE} />}
    </>
  );
}
