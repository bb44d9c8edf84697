import { useTranslation } from 'react-i18next';
import { FilterLinks } from '@/components/FilterLinks';
import { FilterSelect } from '@/components/FilterSelect';
import { Folded } from '@/components/Folded';
import { useFilters } from '@/components/filters';
import { SavedFilters } from '@/components/SavedFilters';
import { SearchBox } from '@/components/SearchBox';
import { changingMethods } from './methods';
import { kept, type Selection } from './useSelection';
import { actionOf } from './words';
import './journal.css';

const folded = ['actor', 'resource', 'alliance', 'number', 'order'];

export function JournalFilters({ service, chosen }: Selection) {
  const { t, i18n } = useTranslation();
  const { params, choose } = useFilters();
  const methods = changingMethods(service);
  // What the system does by itself, and what the address names otherwise, is shown too.
  const { method } = chosen;
  const named = method && !methods.includes(method) ? [method, ...methods] : methods;
  const acts = named
    .map((value) => ({ value, label: actionOf(t, value) }))
    .sort((a, b) => a.label.localeCompare(b.label, i18n.language));
  const day = (name: 'from' | 'to') => (
    <label className="filter-select">
      <span>{t(`journal.${name}`)}</span>
      <input
        type="date"
        className="select"
        value={params.get(name) ?? ''}
        min={name === 'to' ? chosen.from : undefined}
        max={name === 'from' ? chosen.to : undefined}
        onChange={(event) => choose(name, event.target.value)}
        data-testid={`filter-${name}`}
      />
    </label>
  );
  return (
    <div className="filters journal-filters">
      <FilterSelect
        label={t('journal.what')}
        param="method"
        options={[{ value: '', label: t('filters.any') }, ...acts]}
      />
      {day('from')}
      {day('to')}
      <Folded label={t('filters.more')} params={folded}>
        <SearchBox label={t('journal.byActor')} param="actor" />
        <SearchBox label={t('journal.byResource')} param="resource" />
        <SearchBox label={t('journal.byAlliance')} param="alliance" />
        <SearchBox label={t('proof.byNumber')} param="number" />
        <FilterLinks
          label={t('journal.order')}
          param="order"
          options={[
            { value: '', label: t('journal.newestFirst') },
            { value: 'oldest', label: t('journal.oldestFirst') },
          ]}
        />
      </Folded>
      <SavedFilters page="journal" params={kept} />
    </div>
  );
}
