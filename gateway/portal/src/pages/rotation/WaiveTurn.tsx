import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '@/components/Panel';
import { ReasonSheet } from '@/components/ReasonSheet';
import { useAct } from '@/components/rotation/useAct';
import { useUnits } from '@/components/rotation/useUnits';
import { RotationService } from '@/gen/jinhuan/alliance/v1/rotation_service_pb';

// Gives up a turn, after saying what that means.
export function WaiveTurn({ unit }: { unit: string }) {
  const { t } = useTranslation();
  const units = useUnits();
  const [asking, setAsking] = useState(false);
  const waive = useAct(RotationService.method.waiveTurn, (done) =>
    t('rotation.waive.done', { n: done.cycle }),
  );
  return (
    <Panel title={t('rotation.waive.title')}>
      <p>{t('rotation.waive.what')}</p>
      <p>
        <Button danger onClick={() => setAsking(true)} data-testid="waive">
          {t('rotation.waive.go')}
        </Button>
      </p>
      <ReasonSheet
        open={asking}
        title={t('rotation.waive.ask', { name: units.nameOf(unit) })}
        what={t('rotation.waive.means')}
        confirm={t('rotation.waive.go')}
        danger
        busy={waive.isPending}
        error={waive.error}
        onConfirm={(reason) => waive.send({ ...parentOf(unit), reason }, () => setAsking(false))}
        onClose={() => setAsking(false)}
      >
        <div className="banner">
          <ul className="bullets">
            <li>{t('rotation.waive.noCredit')}</li>
            <li>{t('rotation.waive.noReturn')}</li>
            <li>{t('rotation.waive.replan')}</li>
          </ul>
        </div>
      </ReasonSheet>
    </Panel>
  );
}

const parentOf = (member: string) => ({ parent: member.split('/members/')[0] ?? '', member });
