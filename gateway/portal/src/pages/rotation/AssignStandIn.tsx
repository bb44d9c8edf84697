// The street lets another unit chair for a part of a term, or leaves it to the
// rules to find one.
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { clearErrors, placeViolations } from '@/components/form';
import { NativeSelect } from '@/components/NativeSelect';
import { Problem } from '@/components/Problem';
import { useAct } from '@/components/rotation/useAct';
import { useRotation } from '@/components/rotation/useRotation';
import type { ChairTerm } from '@/gen/jinhuan/alliance/v1/rotation_pb';
import { RotationService } from '@/gen/jinhuan/alliance/v1/rotation_service_pb';
import { addDays, dayOf, instant, ms, stamp } from '@/lib/time';

interface Fields {
  member: string;
  startTime: string;
  endTime: string;
  reason: string;
}

export function AssignStandIn({ term, zone }: { term: ChairTerm; zone: string }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const [form] = Form.useForm<Fields>();
  const pool = useRotation().data?.pool ?? [];
  const act = useAct(RotationService.method.assignStandIn, (done) =>
    t('rotation.standInDone', { name: done.standIns.at(-1)?.memberDisplayName ?? '' }),
  );
  if (!asking) {
    return (
      <p>
        <Button onClick={() => setAsking(true)} data-testid="stand-in">
          {t('rotation.assign')}
        </Button>
      </p>
    );
  }
  const first = dayOf(ms(term.startTime), zone);
  const last = dayOf(ms(term.endTime) - 1, zone);
  const send = (fields: Fields) => {
    setProblem(null);
    const day = (value: string) => (value ? stamp(instant(value, 0, zone)) : undefined);
    act.send(
      {
        name: term.name,
        member: fields.member,
        startTime: day(fields.startTime),
        endTime: fields.endTime ? day(addDays(fields.endTime, 1)) : undefined,
        reason: fields.reason.trim(),
      },
      () => setAsking(false),
      (error) => setProblem(placeViolations(form, error) ? null : error),
    );
  };
  return (
    <Form
      form={form}
      layout="vertical"
      className="term-part form"
      onFinish={send}
      onValuesChange={(changed) => clearErrors(form, changed)}
      initialValues={{ member: '', startTime: '', endTime: '', reason: '' }}
    >
      <h2>{t('rotation.assign')}</h2>
      <p className="muted">{t('rotation.assignHint')}</p>
      <Form.Item name="member" label={t('rotation.assignWho')}>
        <NativeSelect
          choices={[
            { value: '', label: t('rotation.assignRules') },
            ...pool
              .filter((one) => one.member !== term.member)
              .map((one) => ({ value: one.member, label: one.memberDisplayName })),
          ]}
          data-testid="stand-in-member"
        />
      </Form.Item>
      <div className="form-grid">
        <Form.Item name="startTime" label={t('rotation.firstDay')} extra={t('rotation.assignFrom')}>
          <Input type="date" min={first} max={last} />
        </Form.Item>
        <Form.Item name="endTime" label={t('rotation.lastDay')} extra={t('rotation.assignTo')}>
          <Input type="date" min={first} max={last} />
        </Form.Item>
      </div>
      <Form.Item
        name="reason"
        label={t('rotation.reason')}
        rules={[{ required: true, whitespace: true, message: t('form.needed') }]}
      >
        <Input.TextArea rows={2} maxLength={200} data-testid="stand-in-reason" />
      </Form.Item>
      <Problem error={problem} />
      <div className="form-actions">
        <Button
          type="primary"
          htmlType="submit"
          loading={act.isPending}
          data-testid="stand-in-send"
        >
          {t('rotation.assign')}
        </Button>
        <Button onClick={() => setAsking(false)}>{t('action.cancel')}</Button>
      </div>
    </Form>
  );
}
