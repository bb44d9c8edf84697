// The hours at which a slot costs less, a line for each.
import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { Price } from './inputs';

const MOST = 6;

export function DiscountFields() {
  const { t } = useTranslation();
  const time = (name: number, end: 'from' | 'to') => (
    <Form.Item
      name={[name, end]}
      label={t(`facilities.field.${end === 'from' ? 'discountFrom' : 'discountTo'}`)}
      rules={[{ required: true, message: t('form.needed') }]}
    >
      <Input type="time" step={300} />
    </Form.Item>
  );
  return (
    <Form.List name="discounts">
      {(lines, { add, remove }, { errors }) => (
        <div className="form-wide discounts">
          {lines.map(({ key, name }) => (
            <div key={key} className="discount-line" data-testid="discount">
              {time(name, 'from')}
              {time(name, 'to')}
              <Price name={[name, 'price']} label={t('facilities.field.discountPrice')} />
              <Button
                onClick={() => remove(name)}
                aria-label={t('lending.discountRemoveNth', { n: name + 1 })}
              >
                {t('lending.discountRemove')}
              </Button>
            </div>
          ))}
          <div className="field-error">
            <Form.ErrorList errors={errors} />
          </div>
          {lines.length < MOST && (
            <Button onClick={() => add({})} data-testid="discount-add">
              {t('lending.discountAdd')}
            </Button>
          )}
        </div>
      )}
    </Form.List>
  );
}
