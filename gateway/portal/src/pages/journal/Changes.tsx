// Field by field, before and after.
import { useTranslation } from 'react-i18next';
import { Panel } from '@/components/Panel';
import type { Difference, Row } from './difference';
import { LeafText } from './LeafText';
import { fieldOf } from './words';

export function Changes({ rows, unknown }: Difference) {
  const { t } = useTranslation();
  const changed = rows.filter((row) => row.changed);
  const stayed = rows.filter((row) => !row.changed);
  return (
    <Panel title={t('journal.changes')} className="table-panel entry-changes">
      {unknown.length > 0 && (
        <p className="banner">{t('journal.unknown', { types: unknown.join(', ') })}</p>
      )}
      {changed.length > 0 ? (
        <Rows rows={changed} label={t('journal.changes')} />
      ) : (
        unknown.length === 0 && <p className="muted">{t('journal.noChange')}</p>
      )}
      {stayed.length > 0 && (
        <details className="stayed">
          <summary>{t('journal.stayed', { count: stayed.length })}</summary>
          <Rows rows={stayed} label={t('journal.stayed', { count: stayed.length })} />
        </details>
      )}
    </Panel>
  );
}

function Rows({ rows, label }: { rows: readonly Row[]; label: string }) {
  const { t } = useTranslation();
  return (
    <table className="table difference">
      <caption className="sr-only">{label}</caption>
      <thead>
        <tr>
          <th scope="col">{t('journal.fieldLabel')}</th>
          <th scope="col">{t('journal.before')}</th>
          <th scope="col">{t('journal.after')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.path} data-changed={row.changed} data-testid={`field-${row.path}`}>
            <th scope="row">
              {fieldOf(t, row.path)}
              <span className="mono field-name">{row.path}</span>
            </th>
            <td data-label={t('journal.before')}>
              <LeafText leaf={row.before} />
            </td>
            <td data-label={t('journal.after')}>
              <LeafText leaf={row.after} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
