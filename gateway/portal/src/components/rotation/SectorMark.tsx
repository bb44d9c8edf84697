// The sector of a unit as one character on its colour, and the key to them.
import { useTranslation } from 'react-i18next';
import { Sector } from '@/gen/jinhuan/alliance/v1/alliance_pb';
import { sectors } from '@/lib/enums';
import './marks.css';

export function SectorMark({ sector }: { sector: Sector }) {
  const { t } = useTranslation();
  if (sector === Sector.UNSPECIFIED) return null;
  return (
    <i className="sector-mark" data-sector={sector} aria-hidden="true">
      {t(`rotation.sectorMark.${sector}`)}
    </i>
  );
}

export function SectorKey() {
  const { t } = useTranslation();
  return (
    <ul className="sector-key" aria-label={t('members.sectorLabel')}>
      {sectors.map((sector) => (
        <li key={sector}>
          <SectorMark sector={sector} />
          {t(`members.sector.${sector}`)}
        </li>
      ))}
    </ul>
  );
}
