import { useQuery } from '@connectrpc/connect-query';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { explain } from '@/api/errors';
import { useWork } from '@/app/session';
import { Failure } from '@/components/Failure';
import { Pager } from '@/components/Pager';
import { Panel } from '@/components/Panel';
import { CharterService } from '@/gen/jinhuan/alliance/v1/charter_service_pb';
import { dateText } from '@/lib/date';
import { VersionTag } from './VersionTag';

export function VersionList({ shown, today }: { shown: number; today: string }) {
  const { t, i18n } = useTranslation();
  const { alliance } = useWork();
  const [params] = useSearchParams();
  const query = useQuery(CharterService.method.listCharters, {
    parent: alliance,
    pageToken: params.get('page') ?? '',
    pageSize: 10,
  });
  return (
    <Panel title={t('charter.versions')} className="versions">
      {query.error && <Failure text={explain(query.error).text} retry={() => query.refetch()} />}
      <ul className="rows">
        {query.data?.charters.map((one) => (
          <li key={one.name} data-testid="version">
            <p className="version-head">
              <Link
                to={one.inForce ? '/charter' : `/charter/${one.version}`}
                aria-current={one.version === shown ? 'page' : undefined}
              >
                {t('charter.version', { version: one.version })}
              </Link>
              <VersionTag charter={one} today={today} />
            </p>
            <p className="muted">
              {[
                one.version === 1
                  ? ''
                  : t('charter.from', { day: dateText(one.effectiveDate, i18n.language) }),
                one.decision,
              ]
                .filter(Boolean)
                .join(' · ')}
            </p>
          </li>
        ))}
      </ul>
      <Pager nextPageToken={query.data?.nextPageToken} />
    </Panel>
  );
}
