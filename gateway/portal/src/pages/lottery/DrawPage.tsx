// One draw: what it is for, the seed it was committed to, and once it was drawn who asked, with
// which tickets, and who won; with a check that is made in the reader's browser.
import { useQuery } from '@connectrpc/connect-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { explain } from '@/api/errors';
import { useAlliance } from '@/api/useAlliance';
import { useWork } from '@/app/session';
import { type Fact, Facts } from '@/components/Facts';
import { Failure } from '@/components/Failure';
import { PageHead } from '@/components/PageHead';
import { PageSkeleton } from '@/components/PageSkeleton';
import { Panel } from '@/components/Panel';
import { bookingPage } from '@/components/slots/bookingPage';
import { FacilityService } from '@/gen/jinhuan/resource/v1/facility_service_pb';
import { type Draw, Draw_State } from '@/gen/jinhuan/resource/v1/lottery_pb';
import { LotteryService } from '@/gen/jinhuan/resource/v1/lottery_service_pb';
import { clockRange, dateTime, dayOf, deadline, longDate, ms } from '@/lib/time';
import { Entries } from './Entries';
import './lottery.css';

export default function DrawPage() {
  const { t, i18n } = useTranslation();
  const { facility, window, day } = useParams();
  const { alliance } = useWork();
  const { zone } = useAlliance();
  const name = `${alliance}/facilities/${facility}/windows/${window}/draws/${day}`;
  const query = useQuery(LotteryService.method.getDraw, { name }, { refetchInterval: 10_000 });
  const back = { to: '/lottery', label: t('lottery.title') };
  if (query.isPending) return <PageSkeleton lines={8} />;
  const draw = query.data;
  if (!draw) {
    return (
      <>
        <PageHead title={t('lottery.title')} back={back} />
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      </>
    );
  }
  return (
    <>
      <PageHead
        title={draw.facilityDisplayName}
        back={back}
        sub={`${longDate(ms(draw.startTime), zone, i18n.language)} ${clockRange(ms(draw.startTime), ms(draw.endTime), zone)}`}
      >
        {draw.state === Draw_State.COLLECTING && <Ask draw={draw} zone={zone} />}
      </PageHead>
      <DrawFacts draw={draw} zone={zone} />
      {draw.state === Draw_State.DRAWN && <Entries draw={draw} zone={zone} />}
      <How />
    </>
  );
}

// The way to the form for the first slot; others can be chosen beside it.
function Ask({ draw, zone }: { draw: Draw; zone: string }) {
  const { t } = useTranslation();
  const { alliance } = useWork();
  const { facility: id = '' } = useParams();
  const name = `${alliance}/facilities/${id}`;
  const facility = useQuery(FacilityService.method.getFacility, { name });
  const page = facility.data && bookingPage[facility.data.kind];
  if (!page || ms(draw.closeTime) <= Date.now()) return null;
  const start = ms(draw.startTime);
  const form = new URLSearchParams({
    day: dayOf(start, zone),
    f: id,
    from: new Date(start).toISOString(),
  });
  return (
    <Link to={`${page}?${form}`} className="button-link button-primary" data-testid="ask-for-place">
      {t('lottery.submit')}
    </Link>
  );
}

function DrawFacts({ draw, zone }: { draw: Draw; zone: string }) {
  const { t, i18n } = useTranslation();
  const at = (time: Draw['closeTime']) => dateTime(ms(time), zone, i18n.language);
  const places = draw.slots.map((slot) => slot.places);
  const facts: Fact[] = [
    [t('lottery.close'), deadline(ms(draw.closeTime), zone, i18n.language)],
    [t('lottery.asked'), t('lottery.requests', { count: draw.requestCount })],
    [
      t('lottery.commitment'),
      <code key="commitment" className="hash" data-testid="commitment">
        {draw.seedCommitment}
      </code>,
    ],
  ];
  if (draw.state === Draw_State.DRAWN) {
    const most = Math.max(0, ...places);
    facts.push(
      [t('lottery.drawn'), at(draw.drawTime)],
      [t('lottery.places'), t('lottery.perSlot', { n: most })],
      [t('lottery.won'), t('lottery.requests', { count: draw.winCount })],
      [
        t('lottery.seed'),
        <code key="seed" className="hash">
          {draw.seed}
        </code>,
      ],
    );
  }
  return (
    <Facts title={`${t('lottery.about')} · ${t(`lottery.drawState.${draw.state}`)}`} facts={facts}>
      <p className="muted">{t('lottery.commitmentMeans')}</p>
    </Facts>
  );
}

function How() {
  const { t } = useTranslation();
  return (
    <Panel title={t('lottery.how')}>
      <ol className="lottery-how">
        {(['sealed', 'tickets', 'numbers', 'order'] as const).map((step) => (
          <li key={step}>{t(`lottery.step.${step}`)}</li>
        ))}
      </ol>
      <pre className="hash">{'printf %s "$SEED" | xxd -r -p | sha256sum'}</pre>
      <pre className="hash">
        {'(printf %s "$SEED" | xxd -r -p; printf \'\\0%s\\0%s\' "$ID" "$TICKET") | sha256sum'}
      </pre>
    </Panel>
  );
}
