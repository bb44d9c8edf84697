// Where a unit lies among the others, drawn from their coordinates alone: no map
// of others is asked for. The nearest are listed with their distance.
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Member } from '@/gen/jinhuan/alliance/v1/alliance_pb';
import { idOf } from '@/lib/names';
import { around, scaleLength } from './nearby';

const NEAREST = 5;
// Half of the drawing's width and height.
const WIDE = 200;
const HIGH = 130;
const EDGE = 14;

interface Props {
  member: Member;
  units: readonly Member[];
}

export function Locator({ member, units }: Props) {
  const { t } = useTranslation();
  const places = around(member, units);
  if (places.length === 0) return null;
  const nearest = places.slice(0, NEAREST);
  // So that the nearest twenty are on it; what lies further out is left out.
  const shown = places.slice(0, 20);
  const perPoint = Math.max(
    0.25,
    ...shown.map(({ east, north }) =>
      Math.max(Math.abs(east) / (WIDE - EDGE), Math.abs(north) / (HIGH - EDGE)),
    ),
  );
  const scale = scaleLength(2 * WIDE * perPoint);
  const length = scale / perPoint;
  const sameGrid = (unit: Member) => unit.grid !== '' && unit.grid === member.grid;
  const distance = (metres: number) =>
    metres < 1000
      ? t('members.metres', { n: Math.max(10, Math.round(metres / 10) * 10) })
      : t('members.kilometres', { n: (metres / 1000).toFixed(1) });
  return (
    <div className="locator">
      <svg
        viewBox={`${-WIDE} ${-HIGH} ${2 * WIDE} ${2 * HIGH}`}
        role="img"
        aria-label={t('members.locatorSaid', { count: shown.length })}
      >
        {[1, 2, 3].map((ring) => (
          <circle key={ring} r={ring * length} className="locator-ring" />
        ))}
        {shown.map(({ unit, east, north }) => (
          <circle
            key={unit.name}
            cx={east / perPoint}
            cy={-north / perPoint}
            r="5"
            className={sameGrid(unit) ? 'locator-unit same-grid' : 'locator-unit'}
          >
            <title>{unit.displayName}</title>
          </circle>
        ))}
        <circle r="8" className="locator-self" />
        <g transform={`translate(${-WIDE + EDGE} ${HIGH - EDGE})`} className="locator-scale">
          <path d={`M0 -5V0H${length}V-5`} />
          <text x={length + 6} y="0">
            {distance(scale)}
          </text>
        </g>
        <g
          transform={`translate(${WIDE - EDGE - 4} ${-HIGH + EDGE + 18})`}
          className="locator-scale"
        >
          <path d="M0 4V-14M-4 -9L0 -15L4 -9" />
          <text y="16" textAnchor="middle">
            N
          </text>
        </g>
      </svg>
      <div>
        <h3>{t('members.nearest')}</h3>
        <ol className="nearest">
          {nearest.map(({ unit, distance: metres }) => (
            <li key={unit.name}>
              <Link to={`/members/${idOf(unit.name)}`}>{unit.displayName}</Link>
              <span className="muted">{distance(metres)}</span>
            </li>
          ))}
        </ol>
        <p className="muted locator-key">
          <i className="locator-dot" aria-hidden="true" />
          {t('members.sameGrid')}
        </p>
      </div>
    </div>
  );
}
