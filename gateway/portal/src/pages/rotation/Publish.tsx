// Publishes the draft that was looked at, after saying what becomes public.
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { explain } from '@/api/errors';
import { useWork } from '@/app/session';
import { ReasonSheet } from '@/components/ReasonSheet';
import { fullDate } from '@/components/rotation/dates';
import { useAct } from '@/components/rotation/useAct';
import type { Units } from '@/components/rotation/useUnits';
import type { Rotation, RotationPlan } from '@/gen/jinhuan/alliance/v1/rotation_pb';
import { RotationService } from '@/gen/jinhuan/alliance/v1/rotation_service_pb';
import { ms } from '@/lib/time';

interface Props {
  draft: RotationPlan;
  rotation: Rotation;
  zone: string;
  units: Units;
  replan: (count: number) => void;
}

const OUTDATED = ['ETAG_STALE', 'ROTATION_DRAFT_STALE', 'ROTATION_DRAFT_MISSING'];

export function Publish({ draft, rotation, zone, units, replan }: Props) {
  const { t, i18n } = useTranslation();
  const { alliance } = useWork();
  // What was looked at when the dialog opened, whatever others plan meanwhile.
  const [seen, setSeen] = useState<RotationPlan | null>(null);
  const act = useAct(RotationService.method.publishRotation, () => t('rotation.plan.published'));
  const outdated = act.error ? OUTDATED.includes(explain(act.error).reason) : false;
  const close = () => {
    setSeen(null);
    act.reset();
  };
  const changed = seen?.differences.filter((one) => one.publishedMember) ?? [];
  const first = seen?.terms[0];
  const last = seen?.terms.at(-1);
  return (
    <>
      <Button
        type="primary"
        disabled={draft.stale}
        onClick={() => setSeen(draft)}
        data-testid="publish"
      >
        {t('rotation.plan.publish')}
      </Button>
      <ReasonSheet
        open={!!seen}
        title={t('rotation.plan.publishTitle')}
        what={t('rotation.plan.becomesPublic')}
        initial={t(changed.length > 0 ? 'rotation.plan.whyReplan' : 'rotation.plan.whyNew')}
        confirm={t('rotation.plan.publish')}
        busy={act.isPending}
        error={act.error}
        onConfirm={(reason) => act.send({ parent: alliance, planEtag: seen?.etag, reason }, close)}
        onClose={close}
      >
        <ul className="bullets" data-testid="becomes-public">
          <li>
            {t('rotation.plan.publicTerms', {
              count: seen?.terms.length ?? 0,
              from: first ? fullDate(ms(first.startTime), zone, i18n.language) : '',
              to: last ? fullDate(ms(last.endTime) - 1, zone, i18n.language) : '',
            })}
          </li>
          <li>
            {changed.length === 0
              ? t('rotation.plan.publicNoChange')
              : t('rotation.plan.publicChanges', {
                  count: changed.length,
                  names: [
                    ...new Set(
                      changed.flatMap((one) =>
                        [one.publishedMember, one.plannedMember].filter(Boolean),
                      ),
                    ),
                  ]
                    .map(units.nameOf)
                    .join(t('list.comma')),
                })}
          </li>
          <li>
            {t('rotation.plan.publicSeed')}{' '}
            <code className="hash">{rotation.seedCommitment.slice(0, 16)}…</code>
          </li>
        </ul>
        {outdated && (
          <Button
            onClick={() => {
              replan(seen?.terms.length ?? 1);
              close();
            }}
            data-testid="remedy"
          >
            {t('rotation.plan.again')}
          </Button>
        )}
      </ReasonSheet>
    </>
  );
}
