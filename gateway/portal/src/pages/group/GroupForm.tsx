import { Button, Input } from 'antd';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { explain } from '@/api/errors';
import { useWork } from '@/app/session';
import { useAmount } from '@/components/bookings/useAmount';
import { MemberSelect } from '@/components/MemberSelect';
import { NativeSelect } from '@/components/NativeSelect';
import { Stepper } from '@/components/Stepper';
import type { SlotAvailability } from '@/gen/jinhuan/resource/v1/booking_service_pb';
import { type Facility, FacilityKind } from '@/gen/jinhuan/resource/v1/facility_pb';
import { isPlate, normalizePlate } from '@/lib/plate';
import { LineList } from './LineList';
import { clockOf, endsOf, linesOf, MOST, startsOf } from './lines';
import { useGroup } from './useGroup';

interface Props {
  facility: Facility;
  // What can be booked, as it was when the days were chosen.
  slots: SlotAvailability[];
  zone: string;
}

export function GroupForm({ facility, slots: read, zone }: Props) {
  // What others book meanwhile moves no line under the reader's eyes.
  const [slots] = useState(read);
  const { t } = useTranslation();
  const { member: unit } = useWork();
  const { amount } = useAmount();
  const id = useId();
  const parking = facility.kind === FacilityKind.PARKING;
  const meals = facility.kind === FacilityKind.CANTEEN;
  const quantityLabel = t(meals ? 'lending.batch.quantity' : 'lending.batch.places');
  const starts = startsOf(slots, zone);
  const [start, setStart] = useState(starts[0] ?? 0);
  const ends = endsOf(slots, start, zone);
  const [end, setEnd] = useState(0);
  const [text, setText] = useState('');
  const [quantity, setQuantity] = useState(1);
  const [member, setMember] = useState(unit);
  const [checked, setChecked] = useState(false);
  const group = useGroup();

  const to = ends.includes(end) ? end : (ends[0] ?? 0);
  const typed = text.split(/[\n,;\uff0c\u3001\uff1b]+/u).filter((line) => line.trim());
  const plates = parking ? [...new Set(typed.map(normalizePlate))] : [''];
  const lines = linesOf(slots, { from: start, to }, plates, zone);
  const wrong = parking && (plates.length === 0 || !plates.every(isPlate));
  const done = group.made > 0;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (wrong || !member || lines.length === 0 || lines.length > MOST) return;
    group.book(lines, parking ? 1 : quantity, member);
  };
  // Another wish gets another answer.
  const change =
    <T,>(set: (value: T) => void) =>
    (value: T) => {
      group.reset();
      setChecked(false);
      set(value);
    };
  const minute = (
    name: 'from' | 'to',
    value: number,
    values: number[],
    set: (n: number) => void,
  ) => (
    <div className="field">
      <label htmlFor={`${id}-${name}`}>{t(`lending.batch.${name}`)}</label>
      <NativeSelect
        id={`${id}-${name}`}
        value={value}
        choices={values.map((one) => ({ value: one, label: clockOf(one) }))}
        onChange={(event) => change(set)(Number(event.target.value))}
        data-testid={`group-${name}`}
      />
    </div>
  );
  return (
    <form onSubmit={submit} noValidate>
      <fieldset disabled={done || group.isPending} className="form-grid">
        {minute('from', start, starts, setStart)}
        {minute('to', to, ends, setEnd)}
        {!unit && (
          <MemberSelect value={member} onChange={change(setMember)} missing={checked && !member} />
        )}
        {parking ? (
          <div className="field form-wide">
            <label htmlFor={`${id}-plates`}>{t('lending.batch.plates')}</label>
            <Input.TextArea
              id={`${id}-plates`}
              rows={3}
              value={text}
              onChange={(event) => change(setText)(event.target.value)}
              spellCheck={false}
              autoCapitalize="characters"
              status={checked && wrong ? 'error' : ''}
              aria-invalid={checked && wrong}
              aria-describedby={`${id}-plates-note`}
              data-testid="group-plates"
            />
            <p id={`${id}-plates-note`} className={checked && wrong ? 'field-error' : 'muted'}>
              {t(checked && wrong ? 'booking.plateInvalid' : 'lending.batch.platesHint')}
            </p>
          </div>
        ) : (
          <div className="sheet-line form-wide">
            <span>{quantityLabel}</span>
            <Stepper
              label={quantityLabel}
              value={quantity}
              min={1}
              max={100}
              shown={amount(facility.kind, quantity)}
              onChange={change(setQuantity)}
              testId="quantity"
            />
          </div>
        )}
      </fieldset>
      <div role="status">
        {group.error && (
          <p className="problem" data-testid="group-failed">
            {t('lending.batch.failed', { why: explain(group.error).text })}
          </p>
        )}
        {done && <p data-testid="group-done">{t('lending.batch.done', { n: group.made })}</p>}
        {lines.length > MOST && <p className="problem">{t('lending.batch.most')}</p>}
        {plates.length > 0 && lines.length === 0 && <p>{t('lending.batch.noneLines')}</p>}
      </div>
      {lines.length > 0 && lines.length <= MOST && (
        <LineList lines={lines} zone={zone} answerOf={group.answerOf} />
      )}
      <div className="form-actions">
        {done ? (
          <Link to="/mine" className="button-link button-primary">
            {t('lending.batch.mine')}
          </Link>
        ) : (
          <Button
            type="primary"
            htmlType="submit"
            loading={group.isPending}
            data-testid="group-book"
          >
            {t('lending.batch.book')}
          </Button>
        )}
      </div>
    </form>
  );
}
