import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { FilterLinks } from '@/components/FilterLinks';
import { FilterSelect } from '@/components/FilterSelect';
import { Folded } from '@/components/Folded';
import { useJointBranches } from '@/components/members/useUnits';
import { SavedFilters } from '@/components/SavedFilters';
import { SearchBox } from '@/components/SearchBox';
import { memberOrderIn, memberStateIn, sectorIn, tierIn } from '@/lib/enums';
import { memberFilters } from './useMemberFilter';

export function MemberFilters() {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const branches = useJointBranches();
  const branch = params.get('branch');
  // One that the address names is shown even before the list is there.
  const named = branch && !branches.includes(branch) ? [branch, ...branches] : branches;
  const any = { value: '', label: t('filters.any') };
  const choices = (values: Record<string, number>, words: string) =>
    Object.entries(values).map(([value, number]) => ({
      value,
      label: t(`members.${words}.${number}`),
    }));
  return (
    <div className="filters">
      <SearchBox label={t('members.search')} />
      <FilterLinks
        label={t('members.stateLabel')}
        param="state"
        options={[{ value: '', label: t('members.allStates') }, ...choices(memberStateIn, 'state')]}
      />
      <Folded label={t('filters.more')} params={['sector', 'tier', 'branch', 'order']}>
        <FilterSelect
          label={t('members.sectorLabel')}
          param="sector"
          options={[any, ...choices(sectorIn, 'sector')]}
        />
        <FilterSelect
          label={t('members.tierLabel')}
          param="tier"
          options={[any, ...choices(tierIn, 'tier')]}
        />
        {named.length > 0 && (
          <FilterSelect
            label={t('members.jointBranch')}
            param="branch"
            options={[any, ...named.map((value) => ({ value, label: value }))]}
          />
        )}
        <FilterSelect
          label={t('members.orderLabel')}
          param="order"
          options={[{ value: '', label: t('members.order.1') }, ...choices(memberOrderIn, 'order')]}
        />
      </Folded>
      <SavedFilters page="members" params={memberFilters} />
    </div>
  );
}
