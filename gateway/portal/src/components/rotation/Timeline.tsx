// Terms on an axis of time, in one lane or in several that are compared. One
// block is in the tab order; arrows move, Home and End jump, Page keys go by the
// year, Enter opens.
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChairTerm } from '@/gen/jinhuan/alliance/v1/rotation_pb';
import { ms } from '@/lib/time';
import { months, period, shortDate } from './dates';
import { axisOf, type Block, type Lane, type Place, placeAfter, YEAR } from './laneLayout';
import { phaseOf } from './model';
import { PhaseIcon } from './PhaseTag';
import { SectorMark } from './SectorMark';
import type { Units } from './useUnits';
import './timeline.css';

interface Props {
  lanes: readonly Lane[];
  label: string;
  zone: string;
  units: Units;
  // How many years are seen at once.
  years: number;
  // What is open: a lane's id and a term's name.
  open?: { lane: string; term: string };
  onOpen: (term: ChairTerm, lane: Lane) => void;
}

export function Timeline({ lanes, label, zone, units, years, open, onOpen }: Props) {
  const { t, i18n } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const [moved, setMoved] = useState<Place | null>(null);
  const now = Date.now();
  const axis = axisOf(lanes, zone, now);
  const today = now >= axis.from && now <= axis.to;
  const active = moved && lanes[moved.lane]?.blocks[moved.block] ? moved : startOf(lanes, open);

  // Begins at what is open, or at the present.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the scale changes
  useEffect(() => {
    const scroll = box.current?.parentElement;
    const start = box.current?.querySelector<HTMLElement>('[tabindex="0"]');
    if (scroll && start) scroll.scrollLeft = start.offsetLeft - 24;
  }, [years]);

  const onKeyDown = (event: KeyboardEvent) => {
    const to = placeAfter(event.key, active, lanes);
    if (!to) return;
    event.preventDefault();
    setMoved(to);
    box.current?.querySelector<HTMLElement>(`[data-at="${to.lane}:${to.block}"]`)?.focus();
  };

  const said = ({ term, mark, off }: Block) =>
    [
      term.memberDisplayName,
      period(ms(term.startTime), ms(term.endTime), zone, i18n.language),
      t(`rotation.phase.${phaseOf(term)}`),
      t(`members.sector.${units.sectorOf(term.member)}`),
      ...term.standIns.map((one) =>
        t('rotation.standInBy', { name: one.memberDisplayName || units.nameOf(one.member) }),
      ),
      mark,
      off && t('rotation.cannotPick'),
    ]
      .filter(Boolean)
      .join(t('list.comma'));

  return (
    <div className="tl-scroll">
      <div
        ref={box}
        role="grid"
        aria-label={label}
        className={today ? 'tl tl-with-today' : 'tl'}
        tabIndex={-1}
        onKeyDown={onKeyDown}
        data-testid="timeline"
        style={{
          width: `max(100%, calc(var(--tl-scale) * ${((axis.to - axis.from) / (years * YEAR)) * 100}%))`,
        }}
      >
        <div className="tl-axis" aria-hidden="true">
          {axis.years.map(({ year, start }) => (
            <span
              key={year}
              className="tl-year"
              style={{ left: `${Math.max(0, axis.at(start))}%` }}
            >
              {year}
            </span>
          ))}
        </div>
        {lanes.map((lane, l) => (
          <div key={lane.id} role="row" className="tl-lane" tabIndex={-1}>
            <div
              role="rowheader"
              tabIndex={-1}
              className={lanes.length > 1 ? 'tl-label' : 'sr-only'}
            >
              {lane.label}
            </div>
            <div role="presentation" className="tl-track">
              {lane.blocks.map((block, b) => {
                const { term, mark, off } = block;
                const start = ms(term.startTime);
                const end = ms(term.endTime);
                const phase = phaseOf(term);
                const isOpen = open?.term === term.name && open.lane === lane.id;
                return (
                  <button
                    key={term.name}
                    type="button"
                    role="gridcell"
                    className="tl-block"
                    style={{
                      left: `${axis.at(start)}%`,
                      width: `${axis.at(end) - axis.at(start)}%`,
                    }}
                    data-at={`${l}:${b}`}
                    data-testid="term"
                    data-term={term.name}
                    data-member={term.member}
                    data-lane={lane.id}
                    data-phase={phase}
                    data-sector={units.sectorOf(term.member)}
                    data-marked={!!mark}
                    tabIndex={active.lane === l && active.block === b ? 0 : -1}
                    aria-selected={isOpen}
                    aria-disabled={off || undefined}
                    aria-label={said(block)}
                    title={off ? undefined : term.memberDisplayName}
                    onFocus={() => setMoved({ lane: l, block: b })}
                    onClick={() => !off && onOpen(term, lane)}
                  >
                    <span className="tl-face">
                      <span className="tl-top">
                        <PhaseIcon phase={phase} />
                        <span className="tl-phase">{t(`rotation.phase.${phase}`)}</span>
                        <SectorMark sector={units.sectorOf(term.member)} />
                      </span>
                      <span className="tl-name">{term.memberDisplayName}</span>
                      <span className="tl-foot">
                        <span>{months(start, end, zone, i18n.language)}</span>
                        {term.standIns.length > 0 && (
                          <b className="tl-mark">{t('rotation.standInShort')}</b>
                        )}
                        {mark && <b className="tl-mark">{mark}</b>}
                      </span>
                    </span>
                  </button>
                );
              })}
            </div>
          </div>
        ))}
        {today && (
          <div className="tl-today" aria-hidden="true" style={{ left: `${axis.at(now)}%` }}>
            <span data-side={axis.at(now) > 85 ? 'left' : 'right'}>
              {t('rotation.today', { date: shortDate(now, zone, i18n.language) })}
            </span>
          </div>
        )}
      </div>
    </div>
  );
}

// Where the keyboard begins: at what is open, at the term under way, or at the first.
function startOf(lanes: readonly Lane[], open: Props['open']): Place {
  const find = (wanted: (term: ChairTerm, lane: Lane) => boolean) => {
    for (const [l, lane] of lanes.entries()) {
      const block = lane.blocks.findIndex((one) => wanted(one.term, lane));
      if (block >= 0) return { lane: l, block };
    }
    return null;
  };
  return (
    find((term, lane) => term.name === open?.term && lane.id === open.lane) ??
    find((term) => phaseOf(term) === 'current') ?? { lane: 0, block: 0 }
  );
}
