// The alliance at a glance.
import { useTranslation } from 'react-i18next';
import { useAlliance } from '@/api/useAlliance';
import { useWork } from '@/app/session';
import { PageHead } from '@/components/PageHead';
import { ChairStrip } from '@/components/rotation/ChairStrip';
import { Figures } from '../workbench/Figures';
import { AllianceButton } from './AllianceSheet';
import { Composition } from './Composition';
import { Occupancy } from './Occupancy';
import { UpcomingMeetings } from './UpcomingMeetings';

export default function OverviewPage() {
  const { t } = useTranslation();
  const { alliance } = useAlliance();
  const { isStreet } = useWork();
  return (
    <>
      <PageHead
        title={alliance?.displayName ?? t('nav.overview')}
        sub={alliance ? alliance.streetDisplayName : '\u00a0'}
      >
        {isStreet && <AllianceButton alliance={alliance} />}
      </PageHead>
      <ChairStrip />
      <Figures />
      <div className="halves">
        <Composition />
        <UpcomingMeetings />
      </div>
      <Occupancy />
    </>
  );
}
