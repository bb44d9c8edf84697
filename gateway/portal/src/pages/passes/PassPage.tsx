// One pass: its terms, its days, and the way out of it.
import { useQuery } from '@connectrpc/connect-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import { explain } from '@/api/errors';
import { useAlliance } from '@/api/useAlliance';
import { useSession, useWork } from '@/app/session';
import { BookingCard } from '@/components/BookingCard';
import { useStep } from '@/components/bookings/useStep';
import { Empty } from '@/components/Empty';
import { Facts } from '@/components/Facts';
import { Failure } from '@/components/Failure';
import { PageHead } from '@/components/PageHead';
import { Pager } from '@/components/Pager';
import { PageSkeleton } from '@/components/PageSkeleton';
import { Panel } from '@/components/Panel';
import { Decide } from '@/components/passes/Decide';
import { isLivePass, stateName, tagOf } from '@/components/passes/states';
import { usePassPeriod } from '@/components/passes/usePassPeriod';
import { ReasonSheet } from '@/components/ReasonSheet';
import { BookingService } from '@/gen/jinhuan/resource/v1/booking_service_pb';
import { type Pass, Pass_State } from '@/gen/jinhuan/resource/v1/pass_pb';
import { yuan } from '@/lib/money';
import { deadline, ms } from '@/lib/time';

export default function PassPage() {
  const { t, i18n } = useTranslation();
  const { id } = useParams();
  const [params] = useSearchParams();
  const { alliance, member, isLiaison, isStreet } = useWork();
  const { zone } = useAlliance();
  const period = usePassPeriod(zone);
  const name = `${alliance}/passes/${id}`;
  const query = useQuery(BookingService.method.getPass, { name }, { refetchInterval: 15_000 });
  const days = useQuery(
    BookingService.method.listBookings,
    { parent: alliance, pass: name, pageToken: params.get('page') ?? '', pageSize: 100 },
    { refetchInterval: 15_000 },
  );
  const back = { to: '/mine/passes', label: t('passes.title') };
  if (query.isPending) return <PageSkeleton lines={8} />;
  const pass = query.data;
  if (!pass) {
    return (
      <>
        <PageHead title={t('passes.title')} back={back} />
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      </>
    );
  }
  const lends = isStreet || (isLiaison && pass.lender === member);
  const held = [...(days.data?.bookings ?? [])].reverse();
  return (
    <>
      <PageHead title={pass.facilityDisplayName} back={back} sub={t('passes.title')}>
        {lends && pass.state === Pass_State.PENDING && <Decide name={name} />}
        <CancelPass pass={pass} />
      </PageHead>
      <Facts
        title={t('passes.about')}
        facts={[
          [
            t('passes.state'),
            <span key="state" className={tagOf(pass)}>
              {t(`passes.is.${stateName(pass)}`)}
            </span>,
          ],
          [t('booking.plate'), pass.plate],
          [t('passes.period'), period(pass)],
          [
            t('passes.dayCount'),
            [t('passes.days', { n: pass.days }), t('passes.left', { n: pass.daysLeft })].join(
              ' · ',
            ),
          ],
          [t('booking.total'), pass.priceFen > 0n ? yuan(pass.priceFen) : t('booking.free')],
          pass.expireTime
            ? [t('passes.expires'), deadline(ms(pass.expireTime), zone, i18n.language)]
            : [t('passes.why'), pass.cancelReason],
        ]}
      >
        {pass.daysRecalled > 0 && (
          <p className="problem">{t('passes.recalled', { n: pass.daysRecalled })}</p>
        )}
      </Facts>
      <Panel title={t('passes.dayList')}>
        {days.isPending ? (
          <PageSkeleton lines={4} />
        ) : days.error ? (
          <Failure text={explain(days.error).text} retry={() => days.refetch()} />
        ) : held.length === 0 ? (
          <Empty why={t('passes.noDays')} action={<Link to="/parking">{t('mine.book')}</Link>} />
        ) : (
          <ul className="rows">
            {held.map((booking) => (
              <li key={booking.name}>
                <BookingCard booking={booking} zone={zone} />
              </li>
            ))}
          </ul>
        )}
        <Pager nextPageToken={days.data?.nextPageToken} />
      </Panel>
    </>
  );
}

function CancelPass({ pass }: { pass: Pass }) {
  const { t } = useTranslation();
  const { caller } = useSession();
  const { member, isLiaison, isStreet } = useWork();
  const [asking, setAsking] = useState(false);
  const cancel = useStep(BookingService.method.cancelPass, t('passes.cancelled'));
  const own = isStreet || (isLiaison && pass.member === member) || pass.user === caller.name;
  if (!own || !isLivePass(pass)) return null;
  return (
    <>
      <Button onClick={() => setAsking(true)} data-testid="cancel-pass">
        {t('passes.cancel')}
      </Button>
      <ReasonSheet
        open={asking}
        title={t('passes.cancelTitle')}
        what={t('passes.cancelWhat')}
        optional
        confirm={t('passes.cancel')}
        danger
        busy={cancel.isPending}
        error={cancel.error}
        onConfirm={(reason) => cancel.send({ name: pass.name, reason }, () => setAsking(false))}
        onClose={() => setAsking(false)}
      />
    </>
  );
}
