import { useTranslation } from 'react-i18next';
import { FilterLinks } from '@/components/FilterLinks';
import { useIsPhone } from '@/lib/media';
import { useSearch } from './useSearch';

const ZOOMS = [1, 2, 4, 8];

// How many years a timeline shows at once, from the address.
export function useZoom(): number {
  const phone = useIsPhone();
  const asked = Number(useSearch().get('years'));
  return ZOOMS.includes(asked) ? asked : phone ? 1 : 4;
}

export function ZoomLinks() {
  const { t } = useTranslation();
  const usual = useIsPhone() ? 1 : 4;
  return (
    <FilterLinks
      label={t('rotation.zoom.label')}
      param="years"
      options={ZOOMS.map((n) => ({
        value: n === usual ? '' : String(n),
        label: t('rotation.zoom.years', { n }),
      }))}
    />
  );
}
