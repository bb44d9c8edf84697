// The needs, or the offers, of all units.
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { explain } from '@/api/errors';
import { useAlliance } from '@/api/useAlliance';
import { useWork } from '@/app/session';
import { Empty } from '@/components/Empty';
import { ExportButton } from '@/components/ExportButton';
import { span } from '@/components/exchange/span';
import { useListings } from '@/components/exchange/useListings';
import { useUnitName } from '@/components/exchange/useUnitName';
import {
  categoryIn,
  type List,
  type Listing,
  listingStateIn,
  listingTag,
} from '@/components/exchange/words';
import { Failure } from '@/components/Failure';
import { FilterLinks } from '@/components/FilterLinks';
import { FilterSelect } from '@/components/FilterSelect';
import { PageHead } from '@/components/PageHead';
import { Pager } from '@/components/Pager';
import { PageSkeleton } from '@/components/PageSkeleton';
import { SavedFilters } from '@/components/SavedFilters';
import { ExportedList, ReportService } from '@/gen/jinhuan/resource/v1/report_service_pb';
import { idOf } from '@/lib/names';
import { ExchangeTabs } from './ExchangeTabs';

const EXPORTED = { needs: ExportedList.NEEDS, offers: ExportedList.OFFERS } as const;

const FILTERS = ['category', 'state', 'unit'];

export default function ListingsPage({ list }: { list: List }) {
  const { t } = useTranslation();
  const { alliance, member, isLiaison, isStreet } = useWork();
  const [params] = useSearchParams();
  const of = (name: string) => params.get(name) ?? '';
  const mine = of('unit') === 'mine' && member !== '';
  const found = useListings(list, {
    parent: alliance,
    category: categoryIn[of('category')],
    state: of('state') === 'all' ? undefined : (listingStateIn[of('state')] ?? listingStateIn.open),
    member: mine ? member : '',
    pageToken: of('page'),
    pageSize: 20,
  });
  const mayPublish = isLiaison || isStreet;
  const filtered = FILTERS.some((name) => params.has(name));
  const publish = (
    <Link
      to={`/exchange/${list}/new`}
      className="button-link button-primary"
      data-testid="listing-new"
    >
      {t(`exchange.publish.${list}`)}
    </Link>
  );
  return (
    <>
      <PageHead title={t('nav.exchange')} sub={t('exchange.sub')}>
        {mayPublish && (
          <>
            <ExportButton
              method={ReportService.method.exportList}
              request={{ parent: alliance, list: EXPORTED[list] }}
              testId="export-list"
            />
            {publish}
          </>
        )}
      </PageHead>
      <ExchangeTabs />
      <div className="filters">
        <FilterLinks
          label={t('exchange.stateLabel')}
          param="state"
          options={[
            { value: '', label: t('exchange.listingState.1') },
            { value: 'taken', label: t('exchange.listingState.2') },
            { value: 'withdrawn', label: t('exchange.listingState.3') },
            { value: 'all', label: t('action.all') },
          ]}
        />
        {member && (
          <FilterLinks
            label={t('exchange.unitLabel')}
            param="unit"
            options={[
              { value: '', label: t('exchange.everyUnit') },
              { value: 'mine', label: t('exchange.ownUnit') },
            ]}
          />
        )}
        <FilterSelect
          label={t('exchange.categoryLabel')}
          param="category"
          options={[
            { value: '', label: t('filters.any') },
            ...Object.entries(categoryIn).map(([value, category]) => ({
              value,
              label: t(`exchange.category.${category}`),
            })),
          ]}
        />
      </div>
      <SavedFilters page={list} params={FILTERS} />
      {found.isPending ? (
        <PageSkeleton lines={8} />
      ) : found.error ? (
        <Failure text={explain(found.error).text} retry={found.refetch} />
      ) : found.listings.length === 0 ? (
        <div className="panel">
          <Empty
            why={t(filtered ? 'exchange.noneFound' : `exchange.none.${list}`)}
            action={
              filtered ? (
                <Link to={`/exchange/${list}`}>{t('action.clearFilters')}</Link>
              ) : (
                mayPublish && publish
              )
            }
          />
        </div>
      ) : (
        <ul className="panel rows">
          {found.listings.map((one) => (
            <li key={one.name}>
              <ListingRow list={list} listing={one} />
            </li>
          ))}
        </ul>
      )}
      <Pager nextPageToken={found.nextPageToken} />
    </>
  );
}

function ListingRow({ list, listing }: { list: List; listing: Listing }) {
  const { t, i18n } = useTranslation();
  const { zone } = useAlliance();
  const unitName = useUnitName();
  const facts = [
    t(`exchange.category.${listing.category}`),
    unitName(listing.member),
    t('exchange.remaining', {
      n: listing.remainingQuantity,
      all: listing.quantity,
      unit: listing.quantityUnit,
    }),
    span(t, listing, zone, i18n.language),
  ];
  return (
    <Link
      to={`/exchange/${list}/${idOf(listing.name)}`}
      className="member-card"
      data-testid="listing"
    >
      <span className="member-card-name">{listing.title}</span>
      <span className={`tag ${listingTag[listing.state]}`}>
        {t(`exchange.listingState.${listing.state}`)}
      </span>
      <span className="muted">{facts.filter(Boolean).join(' · ')}</span>
    </Link>
  );
}
