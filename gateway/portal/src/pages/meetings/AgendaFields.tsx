import {
  ArrowDownOutlined,
  ArrowUpOutlined,
  DeleteOutlined,
  PlusOutlined,
} from '@ant-design/icons';
import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';

export interface AgendaLine {
  title: string;
  minutes: string;
}

const MOST = 50;

// The items of an agenda, in order.
export function AgendaFields() {
  const { t } = useTranslation();
  return (
    <fieldset className="agenda-fields">
      <legend>{t('meetings.agenda')}</legend>
      <Form.List name="agendaItems">
        {(lines, { add, remove, move }) => (
          <>
            {lines.map(({ key, name }, i) => (
              <div key={key} className="agenda-line">
                <Form.Item
                  name={[name, 'title']}
                  label={t('meetings.item', { n: i + 1 })}
                  className="agenda-line-title"
                >
                  <Input maxLength={120} />
                </Form.Item>
                <Form.Item name={[name, 'minutes']} label={t('meetings.itemMinutes')}>
                  <Input type="number" min={0} max={480} step={5} inputMode="numeric" />
                </Form.Item>
                <div className="agenda-line-tools">
                  <Button
                    icon={<ArrowUpOutlined />}
                    aria-label={t('meetings.itemUp', { n: i + 1 })}
                    disabled={i === 0}
                    onClick={() => move(i, i - 1)}
                  />
                  <Button
                    icon={<ArrowDownOutlined />}
                    aria-label={t('meetings.itemDown', { n: i + 1 })}
                    disabled={i === lines.length - 1}
                    onClick={() => move(i, i + 1)}
                  />
                  <Button
                    icon={<DeleteOutlined />}
                    aria-label={t('meetings.itemRemove', { n: i + 1 })}
                    onClick={() => remove(name)}
                  />
                </div>
              </div>
            ))}
            <Button
              icon={<PlusOutlined />}
              disabled={lines.length >= MOST}
              onClick={() => add({ title: '', minutes: '' })}
            >
              {t('meetings.itemAdd')}
            </Button>
          </>
        )}
      </Form.List>
    </fieldset>
  );
}
