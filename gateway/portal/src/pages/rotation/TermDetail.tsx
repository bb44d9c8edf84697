import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useAlliance } from '@/api/useAlliance';
import { useWork } from '@/app/session';
import { fullDate, period } from '@/components/rotation/dates';
import { inTerms, phaseOf } from '@/components/rotation/model';
import { PhaseTag } from '@/components/rotation/PhaseTag';
import { SectorMark } from '@/components/rotation/SectorMark';
import { SwapCard } from '@/components/rotation/SwapCard';
import { useOpenSwaps } from '@/components/rotation/useOpenSwaps';
import { useOwnTerms } from '@/components/rotation/useOwnTerms';
import { useUnits } from '@/components/rotation/useUnits';
import type { ChairTerm, PlanCost } from '@/gen/jinhuan/alliance/v1/rotation_pb';
import { idOf } from '@/lib/names';
import { ms } from '@/lib/time';
import { AssignStandIn } from './AssignStandIn';
import { TrioPart } from './NowChair';
import { Why } from './Why';

interface Props {
  term: ChairTerm;
  draft?: { cost?: PlanCost };
}

export function TermDetail({ term, draft }: Props) {
  const { t, i18n } = useTranslation();
  const { isStreet } = useWork();
  const { zone } = useAlliance();
  const units = useUnits();
  const { open } = useOpenSwaps();
  const start = ms(term.startTime);
  const end = ms(term.endTime);
  const swap = open.find((one) => [one.term, one.otherTerm].includes(term.name));
  const mayStandIn = isStreet && !draft && end > Date.now();

  return (
    <div className="term-detail" data-testid="term-detail">
      <p className="term-when">
        <strong>{period(start, end, zone, i18n.language)}</strong>
        <PhaseTag phase={phaseOf(term)} />
      </p>
      <p className="term-sector">
        <SectorMark sector={units.sectorOf(term.member)} />
        {t(`members.sector.${units.sectorOf(term.member)}`)}
        <Link to={`/members/${idOf(term.member)}`}>{t('rotation.toUnit')}</Link>
      </p>
      <dl className="trio">
        <TrioPart part="adviser" name={term.adviser} units={units} />
        <TrioPart part="deputy" name={term.deputy} units={units} />
      </dl>

      <SwapEntry term={term} draft={!!draft} busy={!!swap} />
      {swap && !draft && <SwapCard swap={swap} />}

      {term.standIns.length > 0 && (
        <section className="term-part">
          <h2>{t('rotation.standIns')}</h2>
          <ul className="plain">
            {term.standIns.map((one) => (
              <li key={ms(one.startTime)}>
                <b>{one.memberDisplayName || units.nameOf(one.member)}</b>{' '}
                {period(ms(one.startTime), ms(one.endTime), zone, i18n.language)}
                <span className="muted stand-in-note">
                  {[
                    t(one.replacement ? 'rotation.replacement' : 'rotation.standInTag'),
                    t(one.automatic ? 'rotation.byRules' : 'rotation.byStreet'),
                    one.reason,
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {mayStandIn && <AssignStandIn term={term} zone={zone} />}

      <Why term={term} draft={draft} />

      {term.changes.length > 0 && (
        <section className="term-part">
          <h2>{t('rotation.changes')}</h2>
          <ol className="plain term-changes">
            {term.changes.map((change) => (
              <li key={ms(change.time)}>
                <span className="muted">{fullDate(ms(change.time), zone, i18n.language)}</span>{' '}
                {t('rotation.changedFromTo', {
                  from: units.nameOf(change.fromMember),
                  to: units.nameOf(change.toMember),
                })}
                <span className="stand-in-note">{change.reason}</span>
              </li>
            ))}
          </ol>
        </section>
      )}
      <section className="term-part">
        <h2>{t('rotation.basis')}</h2>
        <dl className="facts">
          <Fact label={t('rotation.cycleLabel')} value={t('rotation.cycle', { n: term.cycle })} />
          <Fact
            label={t('rotation.creditAtStart')}
            value={t('rotation.credit', { n: inTerms(term.creditMicros) })}
          />
          <Fact
            label={t('rotation.charterLabel')}
            value={t('rotation.charter', { n: term.charterVersion })}
          />
          {term.reason && <Fact label={t('rotation.reasonOnRecord')} value={term.reason} />}
        </dl>
      </section>
    </div>
  );
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}

// Where this term can be exchanged: one's own, or another's for one's own.
function SwapEntry({ term, draft, busy }: { term: ChairTerm; draft: boolean; busy: boolean }) {
  const { t } = useTranslation();
  const { isLiaison, member } = useWork();
  const { swappable } = useOwnTerms();
  if (!isLiaison || draft || busy || phaseOf(term) !== 'published') return null;
  const own = swappable.length === 1 ? swappable[0] : undefined;
  if (term.member !== member && swappable.length === 0) return null;
  const to =
    term.member === member
      ? `/rotation/swap?term=${idOf(term.name)}`
      : `/rotation/swap?${own ? `term=${idOf(own.name)}&` : ''}with=${idOf(term.name)}`;
  return (
    <p>
      <Link to={to} className="button-link" data-testid="term-swap">
        {t(term.member === member ? 'rotation.swap.start' : 'rotation.swap.startWith')}
      </Link>
    </p>
  );
}
