// A need or an offer: what it says, what fits it, what became of it.
import { useQuery } from '@connectrpc/connect-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { explain } from '@/api/errors';
import { useAlliance } from '@/api/useAlliance';
import { useListLabels } from '@/api/useListLabels';
import { useWork } from '@/app/session';
import { MatchCard } from '@/components/exchange/MatchCard';
import { span } from '@/components/exchange/span';
import { useAct } from '@/components/exchange/useAct';
import { useListing } from '@/components/exchange/useListings';
import { useUnitName } from '@/components/exchange/useUnitName';
import { type List, type Listing, listingTag } from '@/components/exchange/words';
import { type Fact, Facts } from '@/components/Facts';
import { Failure } from '@/components/Failure';
import { PageHead } from '@/components/PageHead';
import { PageSkeleton } from '@/components/PageSkeleton';
import { Panel } from '@/components/Panel';
import { ReasonSheet } from '@/components/ReasonSheet';
import { ListingState } from '@/gen/jinhuan/resource/v1/exchange_pb';
import { ExchangeService } from '@/gen/jinhuan/resource/v1/exchange_service_pb';
import { ClaimSheet } from './ClaimSheet';
import { Suggestions } from './Suggestions';
import '@/components/exchange/exchange.css';

export default function ListingPage({ list }: { list: List }) {
  const { t } = useTranslation();
  const labelOf = useListLabels();
  const { id } = useParams();
  const { alliance, member, isLiaison, isStreet } = useWork();
  const { listing, isPending, error, refetch } = useListing(`${alliance}/${list}/${id}`);
  const [claiming, setClaiming] = useState(false);
  const back = { to: `/exchange/${list}`, label: labelOf(list) };
  if (isPending) return <PageSkeleton lines={10} />;
  if (!listing) {
    return (
      <>
        <PageHead title={labelOf(list)} back={back} />
        <Failure text={explain(error).text} retry={refetch} />
      </>
    );
  }
  const own = isLiaison && listing.member === member;
  const mayEdit = (own || isStreet) && listing.state !== ListingState.WITHDRAWN;
  const open = listing.state === ListingState.OPEN;
  return (
    <>
      <PageHead
        title={listing.title}
        back={back}
        sub={
          <span className={`tag ${listingTag[listing.state]}`}>
            {t(`exchange.listingState.${listing.state}`)}
          </span>
        }
      >
        {mayEdit && (
          <>
            <Link to={`/exchange/${list}/${id}/edit`} className="button-link">
              {t('action.edit')}
            </Link>
            <Withdraw list={list} listing={listing} />
          </>
        )}
        {isLiaison && !own && open && (
          <Button type="primary" onClick={() => setClaiming(true)} data-testid="listing-claim">
            {t(`exchange.claim.${list}`)}
          </Button>
        )}
      </PageHead>
      <ListingFacts listing={listing} />
      {(isLiaison || isStreet) && <Became name={listing.name} />}
      {(isLiaison || isStreet) && open && <Suggestions listing={listing} />}
      <ClaimSheet listing={listing} open={claiming} onClose={() => setClaiming(false)} />
    </>
  );
}

function ListingFacts({ listing }: { listing: Listing }) {
  const { t, i18n } = useTranslation();
  const { zone } = useAlliance();
  const unitName = useUnitName();
  const facts: Fact[] = [
    [t('exchange.unit'), unitName(listing.member)],
    [t('exchange.categoryLabel'), t(`exchange.category.${listing.category}`)],
    [
      t('exchange.quantity'),
      t('exchange.remaining', {
        n: listing.remainingQuantity,
        all: listing.quantity,
        unit: listing.quantityUnit,
      }),
    ],
    [t('exchange.when'), span(t, listing, zone, i18n.language)],
    [t('exchange.address'), [listing.address, listing.grid].filter(Boolean).join(' · ')],
    [
      t('exchange.description'),
      listing.description && <span className="said">{listing.description}</span>,
    ],
  ];
  if (listing.withdrawReason) facts.push([t('exchange.withdrawReason'), listing.withdrawReason]);
  return <Facts title={t('exchange.about')} facts={facts} />;
}

// The matches of it that the reader may see.
function Became({ name }: { name: string }) {
  const labelOf = useListLabels();
  const { alliance } = useWork();
  const query = useQuery(ExchangeService.method.listMatches, { parent: alliance, listing: name });
  const matches = query.data?.matches ?? [];
  if (matches.length === 0) return null;
  return (
    <Panel title={labelOf('matches')}>
      <ul className="rows">
        {matches.map((match) => (
          <li key={match.name} className="todo-item todo-wide">
            <MatchCard match={match} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Withdraw({ list, listing }: { list: List; listing: Listing }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const said = () => t('exchange.takeBack.done');
  const need = useAct(ExchangeService.method.withdrawNeed, said);
  const offer = useAct(ExchangeService.method.withdrawOffer, said);
  const act = list === 'needs' ? need : offer;
  return (
    <>
      <Button onClick={() => setAsking(true)} data-testid="listing-withdraw">
        {t('exchange.takeBack.go')}
      </Button>
      <ReasonSheet
        open={asking}
        title={t('exchange.takeBack.go')}
        what={t('exchange.takeBack.what')}
        confirm={t('exchange.takeBack.go')}
        danger
        busy={act.isPending}
        error={act.error}
        onConfirm={(reason) => act.send({ name: listing.name, reason }, () => setAsking(false))}
        onClose={() => setAsking(false)}
      />
    </>
  );
}
