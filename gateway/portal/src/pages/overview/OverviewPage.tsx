// The alliance at a glance.
import { useTranslation } from 'react-i18next';
import { useAlliance } from '@/api/useAlliance';
import { PageHead } from '@/components/PageHead';
import { ChairStrip } from '@/components/rotation/ChairStrip';
import { Figures } from '../workbench/Figures';
import { Composition } from './Composition';
import { Occupancy } from './Occupancy';
import { UpcomingMeetings } from './UpcomingMeetings';

export default function OverviewPage() {
  const { t } = useTranslation();
  const { alliance } = useAlliance();
  return (
    <>
      <PageHead
        title={alliance?.displayName ?? t('nav.overview')}
        sub={alliance?.streetDisplayName}
      />
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
