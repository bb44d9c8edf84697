// Every swap, the newest first.
import { useQuery } from '@connectrpc/connect-query';
import { keepPreviousData } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { explain } from '@/api/errors';
import { useWork } from '@/app/session';
import { Empty } from '@/components/Empty';
import { Failure } from '@/components/Failure';
import { FilterLinks } from '@/components/FilterLinks';
import { PageHead } from '@/components/PageHead';
import { Pager } from '@/components/Pager';
import { PageSkeleton } from '@/components/PageSkeleton';
import { LIVE } from '@/components/rotation/live';
import { SwapCard } from '@/components/rotation/SwapCard';
import { SavedFilters } from '@/components/SavedFilters';
import { TermSwap_State } from '@/gen/jinhuan/alliance/v1/rotation_pb';
import { RotationService } from '@/gen/jinhuan/alliance/v1/rotation_service_pb';
import { RotationTabs } from './RotationTabs';
import { useSearch } from './useSearch';
import './rotation.css';

const stateIn: Record<string, TermSwap_State> = {
  proposed: TermSwap_State.PROPOSED,
  accepted: TermSwap_State.ACCEPTED,
  approved: TermSwap_State.APPROVED,
  declined: TermSwap_State.DECLINED,
  rejected: TermSwap_State.REJECTED,
  withdrawn: TermSwap_State.WITHDRAWN,
  expired: TermSwap_State.EXPIRED,
};

export default function SwapsPage() {
  const { t } = useTranslation();
  const { alliance, member, isLiaison } = useWork();
  const search = useSearch();
  const state = stateIn[search.get('state')];
  const mine = search.get('unit') === 'mine' && member !== '';
  const query = useQuery(
    RotationService.method.listSwaps,
    {
      parent: alliance,
      state,
      member: mine ? member : '',
      pageToken: search.get('page'),
      pageSize: 20,
    },
    { ...LIVE, placeholderData: keepPreviousData },
  );
  const swaps = query.data?.swaps ?? [];
  const filtered = mine || state !== undefined;
  return (
    <>
      <PageHead title={t('rotation.swap.list')} sub={t('rotation.swap.listSub')}>
        {isLiaison && (
          <Link to="/rotation/swap" className="button-link button-primary" data-testid="swap-new">
            {t('rotation.swap.start')}
          </Link>
        )}
      </PageHead>
      <RotationTabs />
      <div className="filters">
        <FilterLinks
          label={t('rotation.col.state')}
          param="state"
          options={[
            { value: '', label: t('action.all') },
            ...Object.entries(stateIn).map(([value, one]) => ({
              value,
              label: t(`rotation.swap.state.${one}`),
            })),
          ]}
        />
        {member && (
          <FilterLinks
            label={t('rotation.filter.unit')}
            param="unit"
            options={[
              { value: '', label: t('rotation.filter.all') },
              { value: 'mine', label: t('rotation.filter.mine') },
            ]}
          />
        )}
      </div>
      <SavedFilters page="swaps" params={['state', 'unit']} />
      {query.isPending ? (
        <PageSkeleton lines={8} />
      ) : query.error ? (
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      ) : swaps.length === 0 ? (
        <div className="panel">
          <Empty
            why={t(filtered ? 'rotation.swap.noneFound' : 'rotation.swap.none')}
            action={
              filtered ? (
                <Link to="/rotation/swaps">{t('action.clearFilters')}</Link>
              ) : (
                <Link to="/rotation">{t('rotation.swap.toTerms')}</Link>
              )
            }
          />
        </div>
      ) : (
        <ul className="panel rows">
          {swaps.map((swap) => (
            <li key={swap.name}>
              <SwapCard swap={swap} />
            </li>
          ))}
        </ul>
      )}
      <Pager nextPageToken={query.data?.nextPageToken} />
    </>
  );
}
