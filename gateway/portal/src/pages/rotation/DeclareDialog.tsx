import { type ButtonProps, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAlliance } from '@/api/useAlliance';
import { useWork } from '@/app/session';
import { clearErrors, placeViolations } from '@/components/form';
import { Problem } from '@/components/Problem';
import { useAct } from '@/components/rotation/useAct';
import { Unavailability_Strength as Strength } from '@/gen/jinhuan/alliance/v1/rotation_pb';
import { RotationService } from '@/gen/jinhuan/alliance/v1/rotation_service_pb';
import { apiDate } from '@/lib/date';
import { addDays, dayOf } from '@/lib/time';

interface Fields {
  startDate: string;
  // The last day; the API wants the day after it.
  endDate: string;
  reason: string;
}

export function DeclareDialog({ unit, onClose }: { unit: string; onClose: () => void }) {
  const { t } = useTranslation();
  const { alliance } = useWork();
  const { zone } = useAlliance();
  const [form] = Form.useForm<Fields>();
  const [strength, setStrength] = useState(Strength.CANNOT);
  const [problem, setProblem] = useState<unknown>(null);
  const act = useAct(RotationService.method.declareUnavailability, () =>
    t('rotation.away.declared'),
  );
  const needed = { required: true, message: t('form.needed') };
  const send = (fields: Fields) => {
    setProblem(null);
    const unavailability = {
      member: unit,
      strength,
      startDate: apiDate(fields.startDate),
      endDate: apiDate(addDays(fields.endDate, 1)),
      reason: fields.reason.trim(),
    };
    act.send({ parent: alliance, unavailability }, onClose, (error) =>
      setProblem(placeViolations(form, error) ? null : error),
    );
  };
  return (
    <Modal
      open
      title={t('rotation.away.declare')}
      okText={t('rotation.away.send')}
      cancelText={t('action.cancel')}
      okButtonProps={{ 'data-testid': 'declare-send' } as ButtonProps}
      confirmLoading={act.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
      width={520}
    >
      <Form
        form={form}
        layout="vertical"
        onFinish={send}
        onValuesChange={(changed) => clearErrors(form, changed)}
      >
        <fieldset className="choice">
          <legend>{t('rotation.away.strength')}</legend>
          {[Strength.CANNOT, Strength.PREFER_NOT].map((one) => (
            <label key={one}>
              <input
                type="radio"
                name="strength"
                checked={strength === one}
                onChange={() => setStrength(one)}
                data-testid={`strength-${Strength[one]}`}
              />
              <span>
                {t(one === Strength.CANNOT ? 'rotation.away.cannot' : 'rotation.away.preferNot')}
              </span>
            </label>
          ))}
        </fieldset>
        <p className="muted">
          {t(
            strength === Strength.CANNOT
              ? 'rotation.away.cannotMeans'
              : 'rotation.away.preferNotMeans',
          )}
        </p>
        <div className="form-grid">
          <Form.Item name="startDate" label={t('rotation.firstDay')} rules={[needed]}>
            <Input type="date" min={dayOf(Date.now(), zone)} data-testid="declare-from" />
          </Form.Item>
          <Form.Item
            name="endDate"
            label={t('rotation.lastDay')}
            dependencies={['startDate']}
            rules={[
              needed,
              ({ getFieldValue }) => ({
                validator: async (_, value) => {
                  const first = getFieldValue('startDate');
                  if (value && first && value < first) throw new Error(t('rotation.away.order'));
                },
              }),
            ]}
          >
            <Input type="date" data-testid="declare-to" />
          </Form.Item>
        </div>
        <Form.Item
          name="reason"
          label={t('rotation.reason')}
          rules={[{ ...needed, whitespace: true }]}
        >
          <Input.TextArea rows={2} maxLength={200} data-testid="declare-reason" />
        </Form.Item>
        <Problem error={problem} />
      </Form>
    </Modal>
  );
}
