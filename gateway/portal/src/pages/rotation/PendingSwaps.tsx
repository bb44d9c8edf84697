// The swaps that wait for this reader.
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Panel } from '@/components/Panel';
import { SwapCard } from '@/components/rotation/SwapCard';
import { useOpenSwaps } from '@/components/rotation/useOpenSwaps';

export function PendingSwaps() {
  const { t } = useTranslation();
  const { waiting } = useOpenSwaps();
  if (waiting.length === 0) return null;
  return (
    <Panel
      title={t('rotation.swap.waiting')}
      extra={<Link to="/rotation/swaps">{t('rotation.swap.all')}</Link>}
    >
      <ul className="rows">
        {waiting.map((swap) => (
          <li key={swap.name}>
            <SwapCard swap={swap} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
