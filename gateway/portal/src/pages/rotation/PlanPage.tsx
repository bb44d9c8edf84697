// The street plans: what is published, what the draft makes of it, what would be
// if, one below the other; and why, for each difference.
import { useTranslation } from 'react-i18next';
import { explain } from '@/api/errors';
import { useAlliance } from '@/api/useAlliance';
import { useWork } from '@/app/session';
import { Failure } from '@/components/Failure';
import { PageHead } from '@/components/PageHead';
import { PageSkeleton } from '@/components/PageSkeleton';
import { Panel } from '@/components/Panel';
import type { Lane } from '@/components/rotation/laneLayout';
import { changedTerms } from '@/components/rotation/model';
import { SectorKey } from '@/components/rotation/SectorMark';
import { Timeline } from '@/components/rotation/Timeline';
import { useAct } from '@/components/rotation/useAct';
import { useRotation } from '@/components/rotation/useRotation';
import { useTerms } from '@/components/rotation/useTerms';
import { useUnits } from '@/components/rotation/useUnits';
import type { ChairTerm } from '@/gen/jinhuan/alliance/v1/rotation_pb';
import { RotationService } from '@/gen/jinhuan/alliance/v1/rotation_service_pb';
import { apiDate } from '@/lib/date';
import { idOf } from '@/lib/names';
import { dayOf, isDay, ms } from '@/lib/time';
import { DraftReport } from './DraftReport';
import { PlanForm } from './PlanForm';
import { Publish } from './Publish';
import { RotationTabs } from './RotationTabs';
import { TermSheet } from './TermSheet';
import { useSearch } from './useSearch';
import { useWhatIf } from './useWhatIf';
import { WhatIf } from './WhatIf';
import { useZoom, ZoomLinks } from './Zoom';
import './rotation.css';

export default function PlanPage() {
  const { t } = useTranslation();
  const { alliance } = useWork();
  const { zone } = useAlliance();
  const search = useSearch();
  const units = useUnits();
  const years = useZoom();
  const rotation = useRotation();
  const published = useTerms();
  const plan = useAct(RotationService.method.planRotation, (done) =>
    t('rotation.plan.planned', { count: done.terms.length }),
  );
  const draft = rotation.data?.draft;
  const terms = published.data?.chairTerms ?? [];
  // Nothing is published yet: where the first term begins can be chosen.
  const first = terms.length === 0;
  const day = search.get('first');
  const start = draft?.terms[0] ? dayOf(ms(draft.terms[0].startTime), zone) : day;
  const whatIf = useWhatIf(
    !!rotation.data && !!published.data,
    draft?.terms.length,
    first ? start : '',
  );

  if (rotation.isPending || published.isPending) return <PageSkeleton lines={12} />;
  const state = rotation.data;
  const failed = rotation.error ?? published.error;
  if (!state || failed) {
    return (
      <>
        <PageHead title={t('rotation.plan.title')} />
        <RotationTabs />
        <Failure text={explain(failed).text} retry={() => rotation.refetch()} />
      </>
    );
  }

  const current = terms.filter((term) => ms(term.endTime) > Date.now());
  const base = draft?.terms ?? current;
  const marked = (before: readonly ChairTerm[], after: readonly ChairTerm[]) => {
    const changed = new Set(
      changedTerms(before, after)
        .filter((one) => one.before)
        .map((one) => one.term.name),
    );
    return after.map((term) => ({
      term,
      mark: changed.has(term.name) ? t('rotation.plan.changedMark') : undefined,
    }));
  };
  const lanes: Lane[] = [
    { id: 'published', label: t('rotation.lane.published'), blocks: marked(current, current) },
    { id: 'draft', label: t('rotation.lane.draft'), blocks: marked(current, draft?.terms ?? []) },
    { id: 'if', label: t('rotation.lane.if'), blocks: marked(base, whatIf.plan?.terms ?? []) },
  ].filter((lane) => lane.blocks.length > 0);
  const lane = search.get('lane') || 'draft';
  const open = (term: ChairTerm) => search.set({ term: idOf(term.name), lane });
  const planFor = (termCount: number) =>
    plan.send({
      parent: alliance,
      termCount,
      ...(first && isDay(day) ? { firstDate: apiDate(day) } : {}),
    });

  return (
    <>
      <PageHead title={t('rotation.plan.title')} sub={t('rotation.plan.sub')}>
        {draft && (
          <Publish draft={draft} rotation={state} zone={zone} units={units} replan={planFor} />
        )}
      </PageHead>
      <RotationTabs />
      {(state.replanReasons.length > 0 || state.needsReplan || draft?.stale) && (
        <div className="banner" data-testid="needs-replan">
          <p>
            <b>
              {t(
                draft?.stale
                  ? 'rotation.plan.stale'
                  : !state.needsReplan
                    ? 'rotation.plan.attention'
                    : draft
                      ? 'rotation.plan.answered'
                      : 'rotation.plan.needed',
              )}
            </b>
          </p>
          <ul className="bullets">
            {state.replanReasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </div>
      )}
      <PlanForm first={first} plan={plan} onPlan={planFor} planned={draft?.terms.length} />
      {lanes.length > 0 && (
        <Panel title={t('rotation.plan.compare')} extra={<ZoomLinks />}>
          <Timeline
            lanes={lanes}
            label={t('rotation.plan.compare')}
            zone={zone}
            units={units}
            years={years}
            open={{ lane, term: `${alliance}/chairTerms/${search.get('term')}` }}
            onOpen={(term, at) =>
              at.id !== 'if' && search.set({ term: idOf(term.name), lane: at.id })
            }
          />
          <SectorKey />
        </Panel>
      )}
      {draft && (
        <DraftReport
          draft={draft}
          zone={zone}
          units={units}
          to={(term) => search.to({ term, lane: 'draft' })}
        />
      )}
      <WhatIf base={base} whatIf={whatIf} zone={zone} units={units} pool={state.pool} />
      <TermSheet
        id={search.get('term')}
        terms={lane === 'draft' ? (draft?.terms ?? []) : terms}
        draft={lane === 'draft' ? { cost: draft?.cost } : undefined}
        onClose={() => search.set({ term: '', lane: '' })}
        onMove={open}
      />
    </>
  );
}
