// Ends the lending of a facility.
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/components/Problem';
import { Sheet } from '@/components/Sheet';
import { useToast } from '@/components/Toast';
import type { Facility } from '@/gen/jinhuan/resource/v1/facility_pb';
import { DEFAULT_ZONE } from '@/lib/time';
import { useSupplyChange } from './useSupplyChange';

export function Retire({ facility }: { facility: Facility }) {
  const { t } = useTranslation();
  const toast = useToast();
  const [open, setOpen] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const { start, busy, sheet } = useSupplyChange({
    zone: facility.timeZone || DEFAULT_ZONE,
    what: t('facilities.retire.what', { name: facility.displayName }),
    confirm: t('facilities.retire.do'),
    change: (client, how) => client.retireFacility({ name: facility.name, ...how }),
    onDone: () => {
      setOpen(false);
      toast({ text: t('facilities.retire.done') });
    },
    onError: setProblem,
  });
  return (
    <>
      <Button danger onClick={() => setOpen(true)} data-testid="facility-retire">
        {t('facilities.retire.do')}
      </Button>
      <Sheet open={open} title={t('facilities.retire.do')} onClose={() => setOpen(false)}>
        <div className="reason-form">
          <p>{t('facilities.retire.what', { name: facility.displayName })}</p>
          <Problem error={problem} />
          <Button
            type="primary"
            danger
            block
            loading={busy}
            onClick={start}
            data-testid="retire-confirm"
          >
            {t('facilities.retire.do')}
          </Button>
        </div>
        {sheet}
      </Sheet>
    </>
  );
}
