// A chart with the table behind it.
import { type CSSProperties, lazy, type ReactNode, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Bar } from '@/components/BarChart';
import { Panel } from '@/components/Panel';
import { Seen } from '@/components/Seen';

const BarChart = lazy(() => import('@/components/BarChart'));

interface Props {
  id: string;
  title: string;
  bars: (Bar & { text: string })[];
  // Where the axis ends: 100 for percentages.
  max?: number;
  head: string[];
  // As many cells as the head; the first names the row.
  rows: { key: string; cells: ReactNode[] }[];
}

export function ChartPanel({ id, title, bars, max, head, rows }: Props) {
  const { t } = useTranslation();
  const [asTable, setAsTable] = useState(false);
  // What the chart says, for those who don't see it.
  const said = bars.map((bar) => `${bar.label} ${bar.text}`).join(t('list.comma'));
  return (
    <Panel
      title={title}
      extra={
        <button
          type="button"
          className="link"
          aria-pressed={asTable}
          onClick={() => setAsTable(!asTable)}
          data-testid={`${id}-table`}
        >
          {t(asTable ? 'action.chart' : 'action.table')}
        </button>
      }
    >
      <div className="chart-box" style={{ '--bars': bars.length } as CSSProperties}>
        {asTable ? (
          <table className="table">
            <caption className="sr-only">{title}</caption>
            <thead>
              <tr>
                {head.map((one, i) => (
                  <th key={one} scope="col" className={i > 0 ? 'num' : undefined}>
                    {one}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ key, cells: [first, ...others] }) => (
                <tr key={key}>
                  <th scope="row">{first}</th>
                  {others.map((cell, i) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its column
                    <td key={i} className="num">
                      {cell}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        ) : (
          <Seen>
            <Suspense fallback={null}>
              <BarChart bars={bars} max={max} label={said} onPick={() => setAsTable(true)} />
            </Suspense>
          </Seen>
        )}
      </div>
    </Panel>
  );
}
