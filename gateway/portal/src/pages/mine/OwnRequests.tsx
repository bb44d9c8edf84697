// What I asked for in lotteries: what is to be drawn, and what became of it.
import { useQuery } from '@connectrpc/connect-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useActOf } from '@/api/useAct';
import { useWork } from '@/app/session';
import { drawPath } from '@/components/lottery/words';
import { Panel } from '@/components/Panel';
import { Problem } from '@/components/Problem';
import { BookingService } from '@/gen/jinhuan/resource/v1/booking_service_pb';
import { type LotteryRequest, LotteryRequest_State } from '@/gen/jinhuan/resource/v1/lottery_pb';
import { LotteryService } from '@/gen/jinhuan/resource/v1/lottery_service_pb';
import { clockRange, deadline, longDate, MINUTE, ms, stamp } from '@/lib/time';

const { SEALED, LOST, WITHDRAWN } = LotteryRequest_State;

export function useOwnRequests(enabled: boolean) {
  const { alliance } = useWork();
  const [now] = useState(() => stamp(Math.floor(Date.now() / MINUTE) * MINUTE));
  const query = useQuery(
    LotteryService.method.listLotteryRequests,
    { parent: alliance, endAfter: now, pageSize: 50 },
    { refetchInterval: 15_000, enabled },
  );
  const requests = (query.data?.lotteryRequests ?? []).filter((one) => one.state !== WITHDRAWN);
  return { requests: enabled ? requests : [], isLoading: query.isLoading };
}

interface Props {
  requests: readonly LotteryRequest[];
  zone: string;
}

export function OwnRequests({ requests, zone }: Props) {
  const { t } = useTranslation();
  if (requests.length === 0) return null;
  return (
    <Panel title={t('lottery.mine')} extra={<Link to="/lottery">{t('lottery.title')}</Link>}>
      <ul className="rows">
        {requests.map((one) => (
          <li key={one.name}>
            <OwnRequest request={one} zone={zone} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function OwnRequest({ request, zone }: { request: LotteryRequest; zone: string }) {
  const { t, i18n } = useTranslation();
  const { alliance } = useWork();
  const withdraw = useActOf(LotteryService.method.withdrawLotteryRequest, [LotteryService], () =>
    t('lottery.withdrawn'),
  );
  const join = useActOf(BookingService.method.createBooking, [BookingService], () =>
    t('lottery.joined'),
  );
  const start = ms(request.startTime);
  const sealed = request.state === SEALED && ms(request.closeTime) > Date.now();
  const { window, startTime, endTime, quantity, plate, member } = request;
  return (
    <div className="window-card" data-testid="own-request" data-state={request.state}>
      <h3>
        {request.facilityDisplayName}{' '}
        <span className="tag">{t(`lottery.state.${request.state}`)}</span>
      </h3>
      <p>
        {longDate(start, zone, i18n.language)} <b>{clockRange(start, ms(request.endTime), zone)}</b>
      </p>
      {sealed && (
        <p className="muted">
          {t('lottery.closesAt', { time: deadline(ms(request.closeTime), zone, i18n.language) })}
        </p>
      )}
      <p className="row-actions">
        <Link to={drawPath(request.name)} className="button-link" data-testid="open-draw">
          {t('lottery.open')}
        </Link>
        {sealed && (
          <Button
            loading={withdraw.isPending}
            onClick={() => withdraw.send({ name: request.name })}
            data-testid="withdraw-request"
          >
            {t('lottery.withdraw')}
          </Button>
        )}
        {request.state === LOST && start > Date.now() && (
          <Button
            loading={join.isPending}
            onClick={() =>
              join.send({
                parent: alliance,
                booking: { window, startTime, endTime, quantity, plate, member },
                joinWaitlist: true,
              })
            }
            data-testid="join-line"
          >
            {t('lottery.join')}
          </Button>
        )}
      </p>
      <Problem error={withdraw.error ?? join.error} />
    </div>
  );
}
