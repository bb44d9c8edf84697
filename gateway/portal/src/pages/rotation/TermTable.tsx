// The terms as a table: on a desk, and for everyone on paper.
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { period } from '@/components/rotation/dates';
import { phaseOf } from '@/components/rotation/model';
import { PhaseTag } from '@/components/rotation/PhaseTag';
import { SectorMark } from '@/components/rotation/SectorMark';
import type { Units } from '@/components/rotation/useUnits';
import type { ChairTerm } from '@/gen/jinhuan/alliance/v1/rotation_pb';
import { ms } from '@/lib/time';

interface Props {
  terms: readonly ChairTerm[];
  zone: string;
  units: Units;
  // Where a term opens; absent on paper.
  to?: (term: ChairTerm) => string;
}

export function TermTable({ terms, zone, units, to }: Props) {
  const { t, i18n } = useTranslation();
  return (
    <table className="table term-table">
      <caption className="sr-only">{t('rotation.terms')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('rotation.col.period')}</th>
          <th scope="col">{t('rotation.col.chair')}</th>
          <th scope="col">{t('members.sectorLabel')}</th>
          <th scope="col">{t('rotation.trio.deputy')}</th>
          <th scope="col">{t('rotation.trio.adviser')}</th>
          <th scope="col">{t('rotation.col.state')}</th>
        </tr>
      </thead>
      <tbody>
        {terms.map((term) => {
          const when = period(ms(term.startTime), ms(term.endTime), zone, i18n.language);
          return (
            <tr key={term.name} data-testid={to && 'term-row'} data-phase={phaseOf(term)}>
              <td>{when}</td>
              <th scope="row">
                {to ? <Link to={to(term)}>{term.memberDisplayName}</Link> : term.memberDisplayName}
                <StandIns term={term} units={units} />
              </th>
              <td className="term-sector">
                <SectorMark sector={units.sectorOf(term.member)} />{' '}
                {t(`members.sector.${units.sectorOf(term.member)}`)}
              </td>
              <td>{term.deputy ? units.nameOf(term.deputy) : '–'}</td>
              <td>{term.adviser ? units.nameOf(term.adviser) : '–'}</td>
              <td>
                <PhaseTag phase={phaseOf(term)} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

export function StandIns({ term, units }: { term: ChairTerm; units: Units }) {
  const { t } = useTranslation();
  return term.standIns.map((one) => (
    <span key={ms(one.startTime)} className="muted stand-in-note">
      {t(one.replacement ? 'rotation.replacedBy' : 'rotation.standInBy', {
        name: one.memberDisplayName || units.nameOf(one.member),
      })}
    </span>
  ));
}
