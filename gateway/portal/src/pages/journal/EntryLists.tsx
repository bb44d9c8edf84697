import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFilters } from '@/components/filters';
import type { Entry } from '@/gen/jinhuan/journal/v1/journal_pb';
import { idOf } from '@/lib/names';
import { DEFAULT_ZONE, dateTime, ms } from '@/lib/time';
import { titleOf } from './difference';
import type { ServiceId } from './services';
import { actionOf, kindOf } from './words';
import '@/components/accounts/accounts.css';
import './journal.css';

interface Props {
  service: ServiceId;
  entries: readonly Entry[];
}

const entryPath = (service: ServiceId, entry: Entry) => `/journal/${service}/${entry.number}`;

export function EntryTable({ service, entries }: Props) {
  const { t, i18n } = useTranslation();
  const { to } = useFilters();
  return (
    <div className="panel table-panel">
      <table className="table journal-table">
        <caption className="sr-only">{t('nav.journal')}</caption>
        <thead>
          <tr>
            <th scope="col" className="num">
              {t('journal.number')}
            </th>
            <th scope="col">{t('journal.time')}</th>
            <th scope="col">{t('journal.what')}</th>
            <th scope="col">{t('journal.resource')}</th>
            <th scope="col">{t('journal.actor')}</th>
            <th scope="col">{t('journal.alliance')}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={String(entry.number)} data-testid="entry-row">
              <td className="num">{String(entry.number)}</td>
              <td>{dateTime(ms(entry.time), DEFAULT_ZONE, i18n.language)}</td>
              <th scope="row">
                <Link to={entryPath(service, entry)} data-testid="entry">
                  {actionOf(t, entry.method)}
                </Link>
              </th>
              <td>
                <About entry={entry} />
              </td>
              <td className="mono">
                {entry.actor ? (
                  <Link to={to('actor', entry.actor)} data-testid="entry-actor">
                    {entry.actor}
                  </Link>
                ) : (
                  '–'
                )}
              </td>
              <td>{entry.alliance ? idOf(entry.alliance) : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function EntryCards({ service, entries }: Props) {
  const { t, i18n } = useTranslation();
  return (
    <ul className="panel rows">
      {entries.map((entry) => (
        <li key={String(entry.number)} data-testid="entry-row">
          <Link to={entryPath(service, entry)} className="member-card" data-testid="entry">
            <span className="member-card-name">{actionOf(t, entry.method)}</span>
            <span className="muted">
              {t('journal.ordinal', { number: String(entry.number) })} ·{' '}
              {dateTime(ms(entry.time), DEFAULT_ZONE, i18n.language)}
            </span>
            <span className="muted">
              <About entry={entry} />
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function About({ entry }: { entry: Entry }) {
  const { t } = useTranslation();
  return (
    <>
      {[kindOf(t, entry.resource), titleOf(entry)].filter(Boolean).join(' · ')}
      <span className="mono entry-id">{entry.resource}</span>
    </>
  );
}
