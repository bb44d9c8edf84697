// One match: what was claimed, agreed, delivered, and how it was found.
import { useQuery } from '@connectrpc/connect-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { explain } from '@/api/errors';
import { useAlliance } from '@/api/useAlliance';
import { useListLabels } from '@/api/useListLabels';
import { useWork } from '@/app/session';
import { MatchActs } from '@/components/exchange/MatchActs';
import { span } from '@/components/exchange/span';
import { LIVE } from '@/components/exchange/useListings';
import { useUnitName } from '@/components/exchange/useUnitName';
import { listOf, matchTag } from '@/components/exchange/words';
import { type Fact, Facts } from '@/components/Facts';
import { Failure } from '@/components/Failure';
import { PageHead } from '@/components/PageHead';
import { PageSkeleton } from '@/components/PageSkeleton';
import { Panel } from '@/components/Panel';
import type { Match, MatchRating } from '@/gen/jinhuan/resource/v1/exchange_pb';
import { ExchangeService } from '@/gen/jinhuan/resource/v1/exchange_service_pb';
import { idOf } from '@/lib/names';
import { dateTime, ms } from '@/lib/time';

export default function MatchPage() {
  const { t } = useTranslation();
  const labelOf = useListLabels();
  const { id } = useParams();
  const { alliance } = useWork();
  const query = useQuery(
    ExchangeService.method.getMatch,
    { name: `${alliance}/matches/${id}` },
    LIVE,
  );
  const back = { to: '/exchange/matches', label: labelOf('matches') };
  if (query.isPending) return <PageSkeleton lines={10} />;
  if (!query.data) {
    return (
      <>
        <PageHead title={labelOf('matches')} back={back} />
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      </>
    );
  }
  const match = query.data;
  return (
    <>
      <PageHead title={match.title} back={back} sub={t(`exchange.category.${match.category}`)} />
      <Panel
        title={t('exchange.stands')}
        extra={
          <span className={`tag ${matchTag[match.state]}`}>
            {t(`exchange.matchState.${match.state}`)}
          </span>
        }
      >
        <Stands match={match} />
        <MatchActs match={match} />
      </Panel>
      <MatchFacts match={match} />
      <Ratings match={match} />
    </>
  );
}

// Who has to act, in a sentence.
function Stands({ match }: { match: Match }) {
  const { t } = useTranslation();
  const { member } = useWork();
  const unitName = useUnitName();
  if (match.withdrawReason) {
    return (
      <p className="said">
        {t('exchange.withdrawnBy', {
          unit: unitName(match.withdrawnBy),
          why: match.withdrawReason,
        })}
      </p>
    );
  }
  if (!match.awaits) return null;
  return (
    <p>
      {match.awaits === member
        ? t('exchange.awaitsYou')
        : t('exchange.awaits', { unit: unitName(match.awaits) })}
    </p>
  );
}

function MatchFacts({ match }: { match: Match }) {
  const { t, i18n } = useTranslation();
  const { zone } = useAlliance();
  const labelOf = useListLabels();
  const unitName = useUnitName();
  const at = (time: Match['createTime']) => time && dateTime(ms(time), zone, i18n.language);
  const listing = (name: string) =>
    name && (
      <Link to={`/exchange/${listOf(name)}/${idOf(name)}`}>
        {t(`exchange.see.${listOf(name)}`)}
      </Link>
    );
  const facts: Fact[] = [
    [t('exchange.giver'), unitName(match.giver)],
    [t('exchange.taker'), unitName(match.taker)],
    [t('exchange.quantity'), t('exchange.amount', { n: match.quantity, unit: match.quantityUnit })],
    [t('exchange.message'), match.message && <span className="said">{match.message}</span>],
    [labelOf('needs'), listing(match.need)],
    [labelOf('offers'), listing(match.offer)],
    [t('exchange.agreed'), match.terms && <span className="said">{match.terms.description}</span>],
    [t('exchange.when'), match.terms && span(t, match.terms, zone, i18n.language)],
    [t('exchange.booking'), match.booking && <Link to="/mine">{t('exchange.booked')}</Link>],
    [t('exchange.claimTime'), at(match.createTime)],
    [t('exchange.agreeTime'), at(match.agreeTime)],
    [t('exchange.completeTime'), at(match.completeTime)],
  ];
  // What has not come to pass yet is no fact.
  return <Facts title={t('exchange.about')} facts={facts.filter(([, value]) => value)} />;
}

function Ratings({ match }: { match: Match }) {
  const { t } = useTranslation();
  const unitName = useUnitName();
  const said = (rating: MatchRating | undefined) =>
    rating && (
      <span className="said">
        {[t('exchange.rate.stars', { n: rating.score }), rating.text].filter(Boolean).join(' · ')}
      </span>
    );
  if (!match.giverRating && !match.takerRating) return null;
  return (
    <Facts
      title={t('exchange.ratings')}
      facts={[
        [unitName(match.giver), said(match.giverRating)],
        [unitName(match.taker), said(match.takerRating)],
      ]}
    />
  );
}
