// First what waits for a decision, then today, then the numbers.
import { useTranslation } from 'react-i18next';
import { useAlliance } from '@/api/useAlliance';
import { useSession, useWork } from '@/app/session';
import { PageHead } from '@/components/PageHead';
import { longDate } from '@/lib/time';
import { Figures } from './Figures';
import { Today } from './Today';
import { Todos } from './Todos';

export default function WorkbenchPage() {
  const { t, i18n } = useTranslation();
  const { caller } = useSession();
  const { memberDisplayName } = useWork();
  const { zone } = useAlliance();
  return (
    <>
      <PageHead
        title={t('home.hello', { name: caller.displayName })}
        sub={[longDate(Date.now(), zone, i18n.language), memberDisplayName]
          .filter(Boolean)
          .join(' · ')}
      />
      <div className="bench">
        <Todos />
        <Today />
      </div>
      <Figures />
    </>
  );
}
