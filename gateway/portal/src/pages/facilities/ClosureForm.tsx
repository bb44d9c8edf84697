// Closes a facility, or one of its windows, for a while.
import { Button, Checkbox, Input } from 'antd';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NativeSelect } from '@/components/NativeSelect';
import { Problem } from '@/components/Problem';
import { useToast } from '@/components/Toast';
import type { Window } from '@/gen/jinhuan/resource/v1/facility_pb';
import { DAY, fromLocalInput, MINUTE, stamp, toLocalInput } from '@/lib/time';
import { useSupplyChange } from './useSupplyChange';

interface Props {
  facility: string;
  windows: readonly Window[];
  zone: string;
  onDone: () => void;
}

export function ClosureForm({ facility, windows, zone, onDone }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const toast = useToast();
  const [now] = useState(() => Math.ceil(Date.now() / (30 * MINUTE)) * 30 * MINUTE);
  const [window, setWindow] = useState('');
  const [from, setFrom] = useState(toLocalInput(now, zone));
  const [to, setTo] = useState(toLocalInput(now + DAY, zone));
  const [reason, setReason] = useState('');
  const [emergency, setEmergency] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const { start, busy, sheet } = useSupplyChange({
    zone,
    what: t('facilities.closure.what'),
    confirm: t('facilities.closure.confirm'),
    reason: () => reason.trim(),
    change: (client, { validateOnly, recall, reason: why, requestId }) =>
      client.createClosure({
        parent: facility,
        closure: {
          window,
          startTime: stamp(fromLocalInput(from, zone)),
          endTime: stamp(fromLocalInput(to, zone)),
          reason: why,
          emergency,
        },
        validateOnly,
        recall,
        requestId,
      }),
    onDone: () => {
      toast({ text: t('facilities.closure.done') });
      onDone();
    },
    onError: setProblem,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setProblem(null);
    start();
  };
  return (
    <form className="reason-form" onSubmit={submit}>
      <label htmlFor={`${id}-what`}>{t('facilities.closure.of')}</label>
      <NativeSelect
        id={`${id}-what`}
        value={window}
        onChange={(event) => setWindow(event.target.value)}
        choices={[
          { value: '', label: t('facilities.closure.whole') },
          ...windows.map((one) => ({
            value: one.name,
            label: one.displayName || t('facilities.window'),
          })),
        ]}
      />
      <label htmlFor={`${id}-from`}>{t('facilities.closure.from')}</label>
      <Input
        id={`${id}-from`}
        type="datetime-local"
        value={from}
        onChange={(event) => setFrom(event.target.value)}
        data-testid="closure-from"
      />
      <label htmlFor={`${id}-to`}>{t('facilities.closure.to')}</label>
      <Input
        id={`${id}-to`}
        type="datetime-local"
        value={to}
        onChange={(event) => setTo(event.target.value)}
        data-testid="closure-to"
      />
      <label htmlFor={`${id}-reason`}>{t('facilities.closure.reason')}</label>
      <Input.TextArea
        id={`${id}-reason`}
        rows={2}
        maxLength={200}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        data-testid="closure-reason"
      />
      <Checkbox
        checked={emergency}
        onChange={(event) => setEmergency(event.target.checked)}
        data-testid="closure-emergency"
      >
        {t('facilities.closure.emergency')}
      </Checkbox>
      <Problem error={problem} />
      <Button
        type="primary"
        danger={emergency}
        htmlType="submit"
        block
        loading={busy}
        disabled={!reason.trim() || !from || !to}
        data-testid="closure-save"
      >
        {t('facilities.closure.do')}
      </Button>
      {sheet}
    </form>
  );
}
