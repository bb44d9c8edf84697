// The rotation of one unit: its terms, the times in which it can't chair, and
// the way to give up a turn. A liaison has its own; the street has each.
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { explain } from '@/api/errors';
import { useAlliance } from '@/api/useAlliance';
import { useWork } from '@/app/session';
import { Empty } from '@/components/Empty';
import { Failure } from '@/components/Failure';
import { PageHead } from '@/components/PageHead';
import { PageSkeleton } from '@/components/PageSkeleton';
import { Panel } from '@/components/Panel';
import { period } from '@/components/rotation/dates';
import { inTerms, phaseOf } from '@/components/rotation/model';
import { PhaseTag } from '@/components/rotation/PhaseTag';
import { SwapCard } from '@/components/rotation/SwapCard';
import { useOpenSwaps } from '@/components/rotation/useOpenSwaps';
import { useRotation } from '@/components/rotation/useRotation';
import { useTerms } from '@/components/rotation/useTerms';
import { useUnits } from '@/components/rotation/useUnits';
import type { ChairTerm } from '@/gen/jinhuan/alliance/v1/rotation_pb';
import { idOf } from '@/lib/names';
import { ms } from '@/lib/time';
import { RotationTabs } from './RotationTabs';
import { TermSheet } from './TermSheet';
import { Unavailabilities } from './Unavailabilities';
import { useSearch } from './useSearch';
import { WaiveTurn } from './WaiveTurn';
import '@/components/rotation/chair.css';
import './rotation.css';

export default function UnitPage() {
  const { t } = useTranslation();
  const { id } = useParams();
  const { alliance, member: own, isLiaison, isStreet } = useWork();
  const { zone } = useAlliance();
  const search = useSearch();
  const units = useUnits();
  const unit = id ? `${alliance}/members/${id}` : own;
  const mayAct = isStreet || (isLiaison && unit === own);
  const query = useTerms({ member: unit });
  const terms = query.data?.chairTerms ?? [];
  const entry = useRotation().data?.pool.find((one) => one.member === unit);
  const { open } = useOpenSwaps();
  const swaps = open.filter((one) => [one.member, one.otherMember].includes(unit));

  return (
    <>
      <PageHead
        title={id ? units.nameOf(unit) : t('rotation.own.turn')}
        back={id ? { to: '/rotation/pool', label: t('rotation.tab.pool') } : undefined}
        sub={
          // Its line is there before what it says.
          !entry
            ? '\u00a0'
            : [
                t('rotation.credit', { n: inTerms(entry.creditMicros) }),
                entry.turnTaken ? t('rotation.pool.turnTaken') : t('rotation.pool.turnOpen'),
                entry.eligible ? t('rotation.pool.eligible') : entry.obstacle,
              ].join(' · ')
        }
      />
      {!id && <RotationTabs />}
      <div className="halves unit-rotation">
        <Panel title={t('rotation.own.terms')}>
          {query.isPending ? (
            <PageSkeleton lines={4} />
          ) : query.error ? (
            <Failure text={explain(query.error).text} retry={() => query.refetch()} />
          ) : terms.length === 0 ? (
            <Empty
              why={t('rotation.own.none')}
              action={<Link to="/rotation/pool">{t('rotation.pool.go')}</Link>}
            />
          ) : (
            <ul className="rows">
              {terms.map((term) => (
                <OwnTerm
                  key={term.name}
                  term={term}
                  zone={zone}
                  to={search.to({ term: idOf(term.name) })}
                  maySwap={
                    mayAct &&
                    isLiaison &&
                    !swaps.some((one) => [one.term, one.otherTerm].includes(term.name))
                  }
                />
              ))}
            </ul>
          )}
        </Panel>
        <Unavailabilities unit={unit} mayAct={mayAct} />
      </div>
      {swaps.length > 0 && (
        <Panel
          title={t('rotation.swap.openTitle')}
          extra={<Link to="/rotation/swaps">{t('rotation.swap.all')}</Link>}
        >
          <ul className="rows">
            {swaps.map((swap) => (
              <li key={swap.name}>
                <SwapCard swap={swap} />
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {mayAct && entry && !entry.turnTaken && <WaiveTurn unit={unit} />}
      <TermSheet
        id={search.get('term')}
        terms={terms}
        onClose={() => search.set({ term: '' })}
        onMove={(term) => search.set({ term: idOf(term.name) })}
      />
    </>
  );
}

interface OwnProps {
  term: ChairTerm;
  zone: string;
  to: string;
  maySwap: boolean;
}

function OwnTerm({ term, zone, to, maySwap }: OwnProps) {
  const { t, i18n } = useTranslation();
  return (
    <li className="own-turn" data-testid="own-term">
      <PhaseTag phase={phaseOf(term)} />
      <Link to={to} className="own-turn-when">
        {period(ms(term.startTime), ms(term.endTime), zone, i18n.language)}
      </Link>
      {maySwap && phaseOf(term) === 'published' && (
        <Link
          to={`/rotation/swap?term=${idOf(term.name)}`}
          className="button-link"
          data-testid="swap-start"
        >
          {t('rotation.swap.start')}
        </Link>
      )}
    </li>
  );
}
