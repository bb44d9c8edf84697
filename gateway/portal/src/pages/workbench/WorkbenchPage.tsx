// First what waits for a decision, then today, then the numbers.
import { useTranslation } from 'react-i18next';
import { useAlliance } from '@/api/useAlliance';
import { useSession, useWork } from '@/app/session';
import { PageHead } from '@/components/PageHead';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ChairStrip } from '@/components/rotation/ChairStrip';
import { OwnTurn } from '@/components/rotation/OwnTurn';
import { useOwnTerms } from '@/components/rotation/useOwnTerms';
import { longDate } from '@/lib/time';
import { Figures } from './Figures';
import { Today } from './Today';
import { Todos } from './Todos';
import { useComing } from './useComing';
import { useTodos } from './useTodos';

export default function WorkbenchPage() {
  const { t, i18n } = useTranslation();
  const { caller } = useSession();
  const { memberDisplayName } = useWork();
  const { zone } = useAlliance();
  // All of it at once: parts that come one by one would push each other about.
  const pending = [useTodos().isPending, useComing().isPending, useOwnTerms().isPending].includes(
    true,
  );
  return (
    <>
      <PageHead
        title={t('home.hello', { name: caller.displayName })}
        sub={[longDate(Date.now(), zone, i18n.language), memberDisplayName]
          .filter(Boolean)
          .join(' · ')}
      />
      {pending ? (
        <PageSkeleton lines={12} />
      ) : (
        <>
          <div className="bench">
            <Todos />
            <div>
              <Today />
              <OwnTurn />
            </div>
          </div>
          <ChairStrip />
          <Figures />
        </>
      )}
    </>
  );
}
