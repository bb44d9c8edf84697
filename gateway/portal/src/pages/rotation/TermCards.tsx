// The terms as cards, by year: for a phone.
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { period } from '@/components/rotation/dates';
import { phaseOf } from '@/components/rotation/model';
import { PhaseTag } from '@/components/rotation/PhaseTag';
import { SectorMark } from '@/components/rotation/SectorMark';
import type { Units } from '@/components/rotation/useUnits';
import type { ChairTerm } from '@/gen/jinhuan/alliance/v1/rotation_pb';
import { ms } from '@/lib/time';
import { StandIns } from './TermTable';

interface Props {
  terms: readonly ChairTerm[];
  zone: string;
  units: Units;
  to: (term: ChairTerm) => string;
}

export function TermCards({ terms, zone, units, to }: Props) {
  const { i18n } = useTranslation();
  return (
    <ol className="term-cards">
      {terms.map((term) => (
        <li key={term.name}>
          <Link
            to={to(term)}
            className="term-card"
            data-testid="term-card"
            data-term={term.name}
            data-phase={phaseOf(term)}
            data-sector={units.sectorOf(term.member)}
          >
            <span className="term-card-top">
              <span>{period(ms(term.startTime), ms(term.endTime), zone, i18n.language)}</span>
              <PhaseTag phase={phaseOf(term)} />
            </span>
            <span className="term-card-name">
              <SectorMark sector={units.sectorOf(term.member)} />
              {term.memberDisplayName}
            </span>
            <StandIns term={term} units={units} />
          </Link>
        </li>
      ))}
    </ol>
  );
}
