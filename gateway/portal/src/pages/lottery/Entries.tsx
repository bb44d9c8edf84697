// Who asked in a draw, in the order in which they were drawn, and the check of it.
import { callUnaryMethod, useTransport } from '@connectrpc/connect-query';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { explain } from '@/api/errors';
import { useWork } from '@/app/session';
import { Failure } from '@/components/Failure';
import { replay, type Verdict } from '@/components/lottery/replay';
import { PageSkeleton } from '@/components/PageSkeleton';
import { Panel } from '@/components/Panel';
import {
  type Draw,
  type LotteryRequest,
  LotteryRequest_State,
} from '@/gen/jinhuan/resource/v1/lottery_pb';
import { LotteryService } from '@/gen/jinhuan/resource/v1/lottery_service_pb';
import { idOf } from '@/lib/names';
import { clockRange, ms } from '@/lib/time';

// A draw is checked as a whole, so all of it is read; it never changes.
function useEntries(draw: Draw) {
  const { alliance } = useWork();
  const transport = useTransport();
  return useQuery({
    queryKey: ['draw', draw.name],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      const all: LotteryRequest[] = [];
      for (let pageToken = ''; ; ) {
        const page = await callUnaryMethod(
          transport,
          LotteryService.method.listLotteryRequests,
          { parent: alliance, draw: draw.name, pageSize: 1000, pageToken },
          { signal },
        );
        all.push(...page.lotteryRequests);
        pageToken = page.nextPageToken;
        if (!pageToken) return all;
      }
    },
  });
}

export function Entries({ draw, zone }: { draw: Draw; zone: string }) {
  const { t } = useTranslation();
  const entries = useEntries(draw);
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const requests = entries.data ?? [];
  return (
    <Panel
      title={t('lottery.result')}
      extra={
        <Button
          disabled={!entries.data}
          onClick={async () => setVerdict(await replay(draw, requests))}
          data-testid="replay"
        >
          {t('lottery.replay')}
        </Button>
      }
    >
      <div aria-live="polite">{verdict && <Said verdict={verdict} />}</div>
      {entries.isPending ? (
        <PageSkeleton lines={6} />
      ) : entries.error ? (
        <Failure text={explain(entries.error).text} retry={() => entries.refetch()} />
      ) : requests.length === 0 ? (
        <p className="muted">{t('lottery.nobody')}</p>
      ) : (
        <ol className="rows lottery-entries">
          {requests.map((one) => (
            <li key={one.name} data-testid="entry" data-own={one.user !== ''}>
              <p>
                <b>{one.place || '–'}</b>{' '}
                <span
                  className={one.state === LotteryRequest_State.WON ? 'tag tag-confirmed' : 'tag'}
                >
                  {t(`lottery.state.${one.state}`)}
                </span>{' '}
                {clockRange(ms(one.startTime), ms(one.endTime), zone)}
                {one.user !== '' && <b> {t('lottery.own')}</b>}
              </p>
              <p className="muted">
                {t('lottery.ticketsOf', {
                  n: one.tickets,
                  need: one.needPoints,
                  losses: one.losses,
                  hours: Math.trunc(Number(one.balanceMinutes) / 60),
                })}
              </p>
              <code className="hash">{idOf(one.name)}</code>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}

function Said({ verdict }: { verdict: Verdict }) {
  const { t } = useTranslation();
  const right = Object.values(verdict).every(Boolean);
  return (
    <div data-testid="verdict" data-right={right}>
      <p>
        <span className={right ? 'tag tag-confirmed' : 'tag tag-kind'}>
          {t(right ? 'lottery.right' : 'lottery.wrong')}
        </span>
      </p>
      <ul>
        {(['commitment', 'tickets', 'order', 'winners'] as const).map((what) => (
          <li key={what}>
            {t(`lottery.check.${what}`)} {t(verdict[what] ? 'lottery.yes' : 'lottery.no')}
          </li>
        ))}
      </ul>
    </div>
  );
}
