// What a roster would do: counts, columns that are left out, rows that are wrong.
import { useTranslation } from 'react-i18next';
import { violationText } from '@/api/errors';
import type { ImportMembersResponse } from '@/gen/jinhuan/alliance/v1/member_service_pb';

const counts = [
  ['rows', 'rowCount'],
  ['created', 'createdCount'],
  ['updated', 'updatedCount'],
  ['unchanged', 'unchangedCount'],
  ['wrong', 'wrongCount'],
] as const;

// Whether rows name units that belong already.
export const hasDuplicates = (answer: ImportMembersResponse) =>
  answer.wrongRows.some((row) =>
    row.violations.some((violation) => violation.reason === 'ALREADY_EXISTS'),
  );

export function Preview({ answer }: { answer: ImportMembersResponse }) {
  const { t } = useTranslation();
  const { appliedRows, unknownColumns, wrongCount, wrongRows } = answer;
  return (
    <>
      <dl className="counts" data-testid="roster-counts">
        {counts.map(([word, field]) => (
          <div key={word} data-bad={word === 'wrong' && wrongCount > 0}>
            <dt>{t(`roster.${word}`)}</dt>
            <dd data-testid={`count-${word}`}>{answer[field]}</dd>
          </div>
        ))}
      </dl>
      {unknownColumns.length > 0 && (
        <p className="banner">
          {t('roster.unknown', { list: unknownColumns.join(t('list.comma')) })}
        </p>
      )}
      {appliedRows.length > 0 && (
        <p className="banner" data-testid="applied-rows">
          {t('roster.applied', {
            list: appliedRows
              .map(({ row, displayName }) => `${displayName} (${t('roster.row', { n: row })})`)
              .join(t('list.comma')),
          })}
        </p>
      )}
      {wrongRows.length > 0 && (
        <>
          <h3>{t('roster.wrongTitle')}</h3>
          <ul className="rows wrong-rows">
            {wrongRows.map((row) => (
              <li key={row.row} data-testid="wrong-row">
                <p>
                  <span className="tag">{t('roster.row', { n: row.row })}</span>{' '}
                  <strong>{row.displayName || '–'}</strong>
                </p>
                <ul>
                  {row.violations.map((violation) => (
                    <li key={`${violation.field} ${violation.description}`}>
                      {violation.field && <b>{`${violation.field}: `}</b>}
                      {violationText(violation)}
                    </li>
                  ))}
                </ul>
              </li>
            ))}
          </ul>
          {wrongCount > wrongRows.length && (
            <p className="muted">{t('roster.wrongMore', { n: wrongRows.length })}</p>
          )}
        </>
      )}
    </>
  );
}
