// Reports open where there is most to see: on how what is lent is used, for those who may
// and who have something lent, else on the ledger.
import { Navigate } from 'react-router';
import { useAlliance } from '@/api/useAlliance';
import { useWork } from '@/app/session';
import { PageSkeleton } from '@/components/PageSkeleton';
import { daysOf, useUse } from './use';

export default function ReportsHome() {
  const { isLiaison, isStreet } = useWork();
  const { zone } = useAlliance();
  const may = isLiaison || isStreet;
  const [first, last] = daysOf('', zone);
  const use = useUse(first, last, undefined, may);
  if (may && use.isPending) return <PageSkeleton lines={12} />;
  const lends = !!use.data?.facilities.length;
  return <Navigate to={may && lends ? '/reports/use' : '/reports/ledger'} replace />;
}
