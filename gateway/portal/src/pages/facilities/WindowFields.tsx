import { Checkbox, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { NativeSelect } from '@/components/NativeSelect';
import { DayKind } from '@/gen/jinhuan/resource/v1/facility_pb';
import { Amount } from './inputs';
import { TermFields } from './TermFields';

// Monday first, as the API counts them.
const weekdays = [1, 2, 3, 4, 5, 6, 7];
const lengths = [15, 30, 60, 90, 120, 180, 240, 360, 480, 600, 720, 1440];

// All of a new window.
export function WindowFields() {
  const { t } = useTranslation();
  const needed = { required: true, message: t('form.needed') };
  const monthDay = (name: string) => (
    <Form.Item
      name={name}
      label={t(`facilities.field.${name}`)}
      extra={t('facilities.field.seasonHint')}
      rules={[{ pattern: /^\d{1,2}-\d{1,2}$/, message: t('facilities.field.seasonHint') }]}
    >
      <Input maxLength={5} placeholder="06-01" />
    </Form.Item>
  );
  return (
    <>
      <div className="form-grid">
        <Form.Item
          name="displayName"
          label={t('facilities.field.displayName')}
          className="form-wide"
        >
          <Input maxLength={40} placeholder={t('facilities.field.displayNameHint')} />
        </Form.Item>
        <Form.Item name="startDate" label={t('facilities.field.startDate')} rules={[needed]}>
          <Input type="date" />
        </Form.Item>
        <Form.Item
          name="endDate"
          label={t('facilities.field.endDate')}
          extra={t('facilities.field.endDateHint')}
        >
          <Input type="date" />
        </Form.Item>
        <Form.Item name="openMinute" label={t('facilities.field.openMinute')} rules={[needed]}>
          <Input type="time" step={300} />
        </Form.Item>
        <Form.Item
          name="closeMinute"
          label={t('facilities.field.closeMinute')}
          extra={t('facilities.field.closeMinuteHint')}
          rules={[needed]}
        >
          <Input type="time" step={300} />
        </Form.Item>
        <Form.Item
          name="weekdays"
          label={t('facilities.field.weekdays')}
          extra={t('facilities.field.weekdaysHint')}
          className="form-wide"
        >
          <Checkbox.Group
            options={weekdays.map((value) => ({ value, label: t(`weekday.${value % 7}`) }))}
          />
        </Form.Item>
        <Form.Item name="slotMinutes" label={t('facilities.field.slotMinutes')}>
          <NativeSelect
            choices={lengths.map((value) => ({
              value,
              label: t('meetings.minutes', { n: value }),
            }))}
          />
        </Form.Item>
        <Amount name="capacity" max={100_000} min={1} required />
        <Form.Item name="dayKind" label={t('facilities.field.dayKind')}>
          <NativeSelect
            choices={[DayKind.UNSPECIFIED, DayKind.WORKING, DayKind.REST].map((value) => ({
              value,
              label: t(`facilities.dayKind.${DayKind[value]}`),
            }))}
          />
        </Form.Item>
        {monthDay('seasonFirst')}
        {monthDay('seasonLast')}
        <Form.Item
          name="lotteryHours"
          label={t('lottery.window.hours')}
          extra={t('lottery.window.hint')}
        >
          <Input type="number" min={1} max={336} inputMode="numeric" />
        </Form.Item>
      </div>
      <TermFields />
    </>
  );
}
