import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';

type Name = string | (string | number)[];

interface AmountProps {
  name: Name;
  max: number;
  min?: number;
  required?: boolean;
  // Left out: the words of the field.
  label?: string;
  hint?: string;
}

// A whole number.
export function Amount({ name, max, min = 0, required = false, label, hint }: AmountProps) {
  const { t } = useTranslation();
  const key = Array.isArray(name) ? name.join('-') : name;
  return (
    <Form.Item
      name={name}
      label={label ?? t(`facilities.field.${key}`)}
      extra={hint}
      rules={required ? [{ required, message: t('form.needed') }] : []}
    >
      <Input type="number" min={min} max={max} inputMode="numeric" data-testid={`edit-${key}`} />
    </Form.Item>
  );
}

// Money, in yuan.
export function Price({ name, label }: { name: Name; label: string }) {
  return (
    <Form.Item name={name} label={label}>
      <Input type="number" min={0} max={10_000} step={0.5} inputMode="decimal" />
    </Form.Item>
  );
}
