// Who stands for whom in a meeting, and the reader's own proxy.
import { useQuery } from '@connectrpc/connect-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWork } from '@/app/session';
import { useUnitName } from '@/components/exchange/useUnitName';
import { MemberSelect } from '@/components/MemberSelect';
import { useDue } from '@/components/meetings/useDue';
import { Panel } from '@/components/Panel';
import { Problem } from '@/components/Problem';
import { BallotService } from '@/gen/jinhuan/meeting/v1/ballot_service_pb';
import { type Meeting, Meeting_State } from '@/gen/jinhuan/meeting/v1/meeting_pb';
import { useBallotAct } from './useBallots';
import './ballots.css';

export function Proxies({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation();
  const { member, isLiaison } = useWork();
  const unitName = useUnitName();
  const query = useQuery(BallotService.method.listProxies, {
    parent: meeting.name,
    pageSize: 1000,
  });
  const [holder, setHolder] = useState('');
  const grant = useBallotAct(BallotService.method.grantProxy, (proxy) =>
    t('ballots.proxyGranted', { unit: unitName(proxy.holder) }),
  );
  const revoke = useBallotAct(BallotService.method.revokeProxy, () => t('ballots.proxyRevoked'));
  const proxies = query.data?.proxies ?? [];
  const own = proxies.find((proxy) => proxy.grantor === member);
  const stoodFor = proxies.some((proxy) => proxy.holder === member);
  const runs = meeting.state === Meeting_State.CONVENED || meeting.state === Meeting_State.OPEN;
  // Only who is due has a vote to give.
  const grants = runs && isLiaison && !!meeting.ownInvitation && !own && !stoodFor;
  const due = useDue(meeting.name, grants);
  // Who gave its own vote to another does not stand for a third.
  const stands = (unit: string) =>
    unit !== member && due.has(unit) && !proxies.some((proxy) => proxy.grantor === unit);
  if (proxies.length === 0 && !grants) return null;
  return (
    <Panel title={t('ballots.proxies')}>
      {proxies.length > 0 && (
        <ul className="ballot-roll">
          {proxies.map((proxy) => (
            <li key={proxy.name}>
              {t('ballots.proxyLine', {
                grantor: unitName(proxy.grantor),
                holder: unitName(proxy.holder),
              })}
              {runs && isLiaison && proxy === own && (
                <Button
                  loading={revoke.isPending}
                  onClick={() => revoke.send({ name: proxy.name })}
                  data-testid="proxy-revoke"
                >
                  {t('ballots.proxyRevoke')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {grants && (
        <>
          <p className="muted">{t('ballots.proxyNote')}</p>
          <MemberSelect
            value={holder}
            onChange={setHolder}
            offers={stands}
            label={t('ballots.proxyHolder')}
            testId="proxy-holder"
          />
          <Button
            disabled={!holder}
            loading={grant.isPending}
            onClick={() => grant.send({ parent: meeting.name, holder, member })}
            data-testid="proxy-grant"
          >
            {t('ballots.proxyGrant')}
          </Button>
        </>
      )}
      <Problem error={grant.error ?? revoke.error} />
    </Panel>
  );
}
