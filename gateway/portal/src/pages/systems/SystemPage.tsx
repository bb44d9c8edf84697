// One account of another system: its secret and its end are the system
// administrator's, what it may call is the security administrator's.
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { explain } from '@/api/errors';
import { useFindInPages } from '@/api/findInPages';
import { useAllianceName } from '@/api/useAllianceName';
import { useSession } from '@/app/session';
import { Facts } from '@/components/Facts';
import { Failure } from '@/components/Failure';
import { PageHead } from '@/components/PageHead';
import { PageSkeleton } from '@/components/PageSkeleton';
import { Panel } from '@/components/Panel';
import {
  type ServiceAccount,
  ServiceAccount_State,
  UserService,
} from '@/gen/jinhuan/alliance/v1/user_service_pb';
import { Role } from '@/gen/jinhuan/auth/v1/access_pb';
import { DEFAULT_ZONE, dateTime, ms } from '@/lib/time';
import NotFoundPage from '../NotFoundPage';
import { Certificate } from './Certificate';
import { DisableSystem } from './DisableSystem';
import { RotateSheet } from './RotateSheet';
import { ScopeList, Scopes } from './Scopes';
import { SystemState } from './SystemLists';

export default function SystemPage() {
  const { t } = useTranslation();
  const { id } = useParams();
  const { offices } = useSession();
  const name = `serviceAccounts/${id}`;
  const query = useFindInPages({
    method: UserService.method.listServiceAccounts,
    input: { pageSize: 1000 },
    itemsOf: (page) => page.serviceAccounts,
    match: (one: ServiceAccount) => one.name === name,
    key: name,
  });
  const back = { to: '/systems', label: t('nav.systems') };
  if (query.isPending) return <PageSkeleton lines={10} />;
  if (query.error) {
    return (
      <>
        <PageHead title={t('nav.systems')} back={back} />
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      </>
    );
  }
  if (!query.data) return <NotFoundPage />;
  const account = query.data;
  const open = account.state !== ServiceAccount_State.DISABLED;
  const waiting = account.state === ServiceAccount_State.WAITING;
  const maySecure = offices.includes(Role.SECURITY_ADMIN) && open;
  return (
    <>
      <PageHead title={account.displayName} back={back} sub={<SystemState account={account} />} />
      <div className="columns">
        <SystemFacts account={account} mayChange={offices.includes(Role.SYSTEM_ADMIN) && open} />
        <Panel title={t('systems.scopes.title')}>
          {maySecure ? (
            <>
              {waiting && (
                <p className="banner" data-testid="to-confirm">
                  {t('systems.scopes.toConfirm')}
                </p>
              )}
              <Scopes key={`${account.state} ${account.scopes.join(' ')}`} account={account} />
            </>
          ) : (
            <>
              {waiting ? (
                <p>{t('systems.scopes.waiting')}</p>
              ) : (
                <ScopeList scopes={account.scopes} />
              )}
              {open && <p className="muted">{t('systems.scopes.bySecurity')}</p>}
            </>
          )}
        </Panel>
        {maySecure && (
          <Panel title={t('systems.certificate.title')}>
            <Certificate key={account.certificateName} account={account} />
          </Panel>
        )}
      </div>
    </>
  );
}

function SystemFacts({ account, mayChange }: { account: ServiceAccount; mayChange: boolean }) {
  const { t, i18n } = useTranslation();
  const allianceOf = useAllianceName();
  const [rotating, setRotating] = useState(false);
  const date = (at: number) => dateTime(at, DEFAULT_ZONE, i18n.language);
  return (
    <Facts
      title={t('users.facts')}
      facts={[
        [
          t('systems.clientId'),
          <span key="id" className="mono">
            {account.clientId}
          </span>,
        ],
        [t('users.alliance'), allianceOf(account.alliance)],
        [t('users.createTime'), account.createTime && date(ms(account.createTime))],
        ...(account.certificateName
          ? ([[t('systems.certificate.title'), account.certificateName]] as [string, string][])
          : []),
        ...(account.oldSecretExpireTime
          ? ([[t('systems.oldSecret'), date(ms(account.oldSecretExpireTime))]] as [
              string,
              string,
            ][])
          : []),
      ]}
    >
      {mayChange && (
        <div className="panel-foot">
          <Button onClick={() => setRotating(true)} data-testid="rotate">
            {t('systems.rotate.title')}
          </Button>
          <DisableSystem account={account} />
          <RotateSheet account={account} open={rotating} onClose={() => setRotating(false)} />
        </div>
      )}
    </Facts>
  );
}
