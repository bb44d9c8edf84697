// Where something lies: two numbers, which the reader's own device can fill in. No map: nothing
// is asked of anyone outside.
import { AimOutlined } from '@ant-design/icons';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { degrees, wrongDegrees } from '@/lib/place';

export function PlaceFields() {
  const { t } = useTranslation();
  return (
    <>
      <Degrees
        name="longitude"
        other="latitude"
        most={180}
        hint={t('members.degreesHint')}
        className="form-next-row"
      />
      <Degrees name="latitude" other="longitude" most={90} />
      <Here />
    </>
  );
}

// Fills in where the reader is.
function Here() {
  const { t } = useTranslation();
  const form = Form.useFormInstance();
  const [state, setState] = useState<'idle' | 'busy' | 'done' | 'failed'>('idle');
  const find = () => {
    setState('busy');
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        form.setFieldsValue({
          latitude: degrees(coords.latitude),
          longitude: degrees(coords.longitude),
        });
        void form.validateFields(['latitude', 'longitude']);
        setState('done');
      },
      () => setState('failed'),
      { enableHighAccuracy: true, timeout: 15_000 },
    );
  };
  // Browsers tell it on safe connections alone.
  if (!('geolocation' in navigator)) return null;
  return (
    <div className="form-wide place-here">
      <Button
        icon={<AimOutlined aria-hidden />}
        loading={state === 'busy'}
        onClick={find}
        data-testid="place-here"
      >
        {t('lending.place.here')}
      </Button>
      <p className="muted" role="status">
        {state === 'done' && t('lending.place.found')}
        {state === 'failed' && t('lending.place.failed')}
      </p>
    </div>
  );
}

interface DegreesProps {
  className?: string;
  name: 'latitude' | 'longitude';
  other: 'latitude' | 'longitude';
  most: number;
  hint?: string;
}

function Degrees({ className, name, other, most, hint }: DegreesProps) {
  const { t } = useTranslation();
  return (
    <Form.Item
      className={className}
      name={name}
      label={t(`members.${name}`)}
      extra={hint}
      dependencies={[other]}
      rules={[
        (form) => ({
          validator: async (_, value: string | undefined) => {
            const wrong = wrongDegrees(value ?? '', form.getFieldValue(other) ?? '', most);
            if (wrong) throw new Error(t(`members.degrees.${wrong}`, { most }));
          },
        }),
      ]}
    >
      <Input maxLength={14} inputMode="decimal" autoComplete="off" />
    </Form.Item>
  );
}
