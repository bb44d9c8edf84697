// What the draft costs, in words, and each difference from what is published,
// with why.
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Panel } from '@/components/Panel';
import { period } from '@/components/rotation/dates';
import { costKinds, inTerms } from '@/components/rotation/model';
import type { Units } from '@/components/rotation/useUnits';
import type { PlanDifference, RotationPlan } from '@/gen/jinhuan/alliance/v1/rotation_pb';
import { idOf } from '@/lib/names';
import { ms } from '@/lib/time';

interface Props {
  draft: RotationPlan;
  zone: string;
  units: Units;
  // Where a term of the draft opens, by its first day.
  to: (term: string) => string;
}

export function DraftReport({ draft, zone, units, to }: Props) {
  const { t } = useTranslation();
  const changed = draft.differences.filter((one) => one.publishedMember);
  const added = draft.differences.filter((one) => !one.publishedMember);
  return (
    <div className="halves">
      <Panel title={t('rotation.plan.differences')}>
        {changed.length === 0 ? (
          <p>{t('rotation.plan.noChange')}</p>
        ) : (
          <Differences list={changed} draft={draft} zone={zone} units={units} to={to} />
        )}
        {added.length > 0 && (
          <details className="seed-how" open={changed.length === 0}>
            <summary>{t('rotation.plan.added', { count: added.length })}</summary>
            <Differences list={added} draft={draft} zone={zone} units={units} to={to} />
          </details>
        )}
      </Panel>
      <Panel title={t('rotation.plan.cost')}>
        <p className="muted">{t('rotation.plan.proven', { n: draft.charterVersion })}</p>
        <dl className="facts plan-cost">
          {costKinds.map((kind) => {
            const amount = draft.cost?.[kind] ?? 0n;
            const n = kind === 'creditInversions' ? inTerms(amount) : String(amount);
            return (
              <div key={kind}>
                <dt>{t(`rotation.costName.${kind}`)}</dt>
                <dd>
                  {amount === 0n
                    ? t(`rotation.costNone.${kind}`)
                    : t(`rotation.costSaid.${kind}`, { n, count: Number(amount) })}
                </dd>
              </div>
            );
          })}
          <div>
            <dt>{t('rotation.plan.deferred')}</dt>
            <dd>
              {draft.deferred.length === 0
                ? t('rotation.plan.deferredNone')
                : draft.deferred.map(units.nameOf).join(t('list.comma'))}
            </dd>
          </div>
        </dl>
      </Panel>
    </div>
  );
}

interface ListProps extends Props {
  list: readonly PlanDifference[];
}

function Differences({ list, draft, zone, units, to }: ListProps) {
  const { t, i18n } = useTranslation();
  const termOf = (name: string) => draft.terms.find((one) => one.name === name);
  return (
    <ul className="rows">
      {list.map((one) => {
        const term = termOf(one.term);
        return (
          <li key={one.term} data-testid="difference">
            <h3>
              <Link to={to(idOf(one.term))}>
                {term
                  ? period(ms(term.startTime), ms(term.endTime), zone, i18n.language)
                  : idOf(one.term)}
              </Link>
            </h3>
            <p>
              {one.publishedMember && (
                <>
                  <s>{units.nameOf(one.publishedMember)}</s>
                  {' → '}
                </>
              )}
              <b>
                {one.plannedMember
                  ? term?.memberDisplayName || units.nameOf(one.plannedMember)
                  : t('rotation.plan.dropped')}
              </b>
            </p>
            <p className="muted">{one.reason || t('rotation.plan.noReason')}</p>
          </li>
        );
      })}
    </ul>
  );
}
