// Ends a window after a day.
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/components/Problem';
import { Sheet } from '@/components/Sheet';
import { useToast } from '@/components/Toast';
import type { Window } from '@/gen/jinhuan/resource/v1/facility_pb';
import { apiDate } from '@/lib/date';
import { dayOf } from '@/lib/time';
import { useSupplyChange } from './useSupplyChange';

export function EndWindow({ window, zone }: { window: Window; zone: string }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)} data-testid="window-end">
        {t('facilities.end.do')}
      </Button>
      <Sheet open={open} title={t('facilities.end.title')} onClose={() => setOpen(false)}>
        <EndForm window={window} zone={zone} onDone={() => setOpen(false)} />
      </Sheet>
    </>
  );
}

function EndForm({ window, zone, onDone }: { window: Window; zone: string; onDone: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  const toast = useToast();
  const [day, setDay] = useState(dayOf(Date.now(), zone));
  const [problem, setProblem] = useState<unknown>(null);
  const { start, busy, sheet } = useSupplyChange({
    zone,
    what: t('facilities.end.what', { day }),
    confirm: t('facilities.end.confirm'),
    change: (client, how) =>
      client.endWindow({ name: window.name, lastDate: apiDate(day), ...how }),
    onDone: () => {
      toast({ text: t('facilities.end.done') });
      onDone();
    },
    onError: setProblem,
  });
  return (
    <form
      className="reason-form"
      onSubmit={(event) => {
        event.preventDefault();
        start();
      }}
    >
      <p>{t('facilities.end.note')}</p>
      <label htmlFor={id}>{t('facilities.end.day')}</label>
      <Input id={id} type="date" value={day} onChange={(event) => setDay(event.target.value)} />
      <Problem error={problem} />
      <Button
        type="primary"
        danger
        htmlType="submit"
        block
        loading={busy}
        disabled={!day}
        data-testid="window-end-confirm"
      >
        {t('facilities.end.confirm')}
      </Button>
      {sheet}
    </form>
  );
}
