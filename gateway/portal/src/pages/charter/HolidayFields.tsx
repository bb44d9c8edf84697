// The holiday table, a year at a time: festivals, and the weekend days worked.
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import type { HolidayYear } from './holidays';
import { daysOf, isWeekend } from './holidays';

export function HolidayFields() {
  const { t } = useTranslation();
  const form = Form.useFormInstance();
  const next = () => {
    const years: HolidayYear[] = form.getFieldValue('holidays') ?? [];
    const last = Math.max(0, ...years.map(({ year }) => year));
    return last ? last + 1 : new Date().getFullYear();
  };
  return (
    <fieldset className="panel form-group charter-part">
      <legend>{t('charter.section.holidays')}</legend>
      <p className="muted">{t('charter.holidays.note')}</p>
      <Form.List name="holidays">
        {(years, { add, remove }) => (
          <>
            {years.map(({ key, name }) => (
              <Year key={key} at={name} remove={() => remove(name)} />
            ))}
            <Button
              icon={<PlusOutlined aria-hidden />}
              onClick={() => add({ year: next(), festivals: [], worked: [] })}
              data-testid="year-add"
            >
              {t('charter.holidays.addYear')}
            </Button>
          </>
        )}
      </Form.List>
    </fieldset>
  );
}

function Year({ at, remove }: { at: number; remove: () => void }) {
  const { t } = useTranslation();
  const form = Form.useFormInstance();
  const year: number = form.getFieldValue(['holidays', at, 'year']);
  return (
    <details className="holiday-year">
      <summary>{t('charter.year', { year })}</summary>
      <Form.Item name={[at, 'year']} hidden>
        <Input />
      </Form.Item>
      <Form.List name={[at, 'festivals']}>
        {(festivals, list) => (
          <>
            {festivals.map(({ key, name }, i) => (
              <FestivalLine
                key={key}
                path={['holidays', at, 'festivals']}
                at={name}
                year={year}
                n={i + 1}
                remove={() => list.remove(name)}
              />
            ))}
            <Button
              icon={<PlusOutlined aria-hidden />}
              onClick={() => list.add({ name: '', from: `${year}-01-01`, to: `${year}-01-01` })}
            >
              {t('charter.holidays.addFestival')}
            </Button>
          </>
        )}
      </Form.List>
      <h4>{t('charter.holidays.workedField')}</h4>
      <Form.List name={[at, 'worked']}>
        {(days, list) => (
          <div className="worked-days">
            {days.map(({ key, name }, i) => (
              <div key={key} className="worked-day">
                <Form.Item
                  name={name}
                  rules={[{ validator: weekendOf(year, t('charter.holidays.weekendOnly')) }]}
                >
                  <Input
                    type="date"
                    min={`${year}-01-01`}
                    max={`${year}-12-31`}
                    aria-label={t('charter.holidays.workedDay', { n: i + 1 })}
                  />
                </Form.Item>
                <Button
                  icon={<DeleteOutlined aria-hidden />}
                  aria-label={t('charter.holidays.removeWorked', { n: i + 1 })}
                  onClick={() => list.remove(name)}
                />
              </div>
            ))}
            <Button icon={<PlusOutlined aria-hidden />} onClick={() => list.add('')}>
              {t('charter.holidays.addWorked')}
            </Button>
          </div>
        )}
      </Form.List>
      <Button
        danger
        icon={<DeleteOutlined aria-hidden />}
        className="holiday-remove"
        onClick={remove}
      >
        {t('charter.holidays.removeYear', { year })}
      </Button>
    </details>
  );
}

const inYear = (day: unknown, year: number) => String(day ?? '').startsWith(`${year}-`);

const weekendOf = (year: number, message: string) => async (_: unknown, day: unknown) => {
  if (!inYear(day, year) || !isWeekend(String(day))) throw new Error(message);
};

interface LineProps {
  path: (string | number)[];
  at: number;
  year: number;
  n: number;
  remove: () => void;
}

function FestivalLine({ path, at, year, n, remove }: LineProps) {
  const { t } = useTranslation();
  const day = (part: 'from' | 'to') => (
    <Form.Item
      name={[at, part]}
      label={t(`charter.holidays.${part}`, { n })}
      dependencies={[[...path, at, part === 'from' ? 'to' : 'from']]}
      rules={[
        (form) => ({
          validator: async (_, value) => {
            const festival = { name: '', ...form.getFieldValue([...path, at]) };
            const days = daysOf(festival);
            if (!inYear(value, year) || !(days >= 1 && days <= 60)) {
              throw new Error(t('charter.holidays.rangeWrong', { year }));
            }
          },
        }),
      ]}
    >
      <Input type="date" min={`${year}-01-01`} max={`${year}-12-31`} />
    </Form.Item>
  );
  return (
    <div className="festival-line">
      <Form.Item
        name={[at, 'name']}
        label={t('charter.holidays.name', { n })}
        rules={[{ required: true, whitespace: true, message: t('form.needed') }]}
      >
        <Input maxLength={20} />
      </Form.Item>
      {day('from')}
      {day('to')}
      <Button
        icon={<DeleteOutlined aria-hidden />}
        aria-label={t('charter.holidays.removeFestival', { n })}
        onClick={remove}
      />
    </div>
  );
}
