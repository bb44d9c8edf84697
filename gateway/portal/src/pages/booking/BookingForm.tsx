import { Button } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { explain, fieldName } from '@/api/errors';
import { useWork } from '@/app/session';
import { useAmount } from '@/components/bookings/useAmount';
import { MemberSelect } from '@/components/MemberSelect';
import { Problem } from '@/components/Problem';
import { Stepper } from '@/components/Stepper';
import { type Cell, longestFrom, type Row } from '@/components/slots/model';
import { FacilityKind } from '@/gen/jinhuan/resource/v1/facility_pb';
import { yuan } from '@/lib/money';
import { isPlate, normalizePlate, rememberPlate } from '@/lib/plate';
import { clockRange, longDate } from '@/lib/time';
import { GuestsField, guestsIn } from './GuestsField';
import { PlateField } from './PlateField';
import { useBook } from './useBook';
import type { Selected } from './useSelected';

interface Props {
  kind: FacilityKind;
  selected: Selected;
  defaultPlate: string;
  onResize: (row: Row, cells: Cell[]) => void;
  onClose: () => void;
}

export function BookingForm({ kind, selected, defaultPlate, onResize, onClose }: Props) {
  const { t, i18n } = useTranslation();
  const { member: unit, isLiaison, isStreet } = useWork();
  const { amount } = useAmount();
  const { row, first, count } = selected;
  const parking = kind === FacilityKind.PARKING;
  const canteen = kind === FacilityKind.CANTEEN;

  const quantityLabel = t(canteen ? 'booking.quantity' : 'booking.placeCount');

  const longest = Math.max(1, longestFrom(row.cells, first));
  const cells = row.cells.slice(first, first + Math.min(count, longest));
  const start = cells[0]?.start ?? 0;
  const end = cells.at(-1)?.end ?? 0;
  // Of a full slot one may wait for as many places as it has.
  const wait = cells[0]?.state === 'full';
  const free = Math.min(...cells.map((cell) => (wait ? cell.capacity : cell.free)));

  const most = Math.max(1, Math.min(free, 100));

  const [plateTyped, setPlate] = useState<string | null>(null);
  const [wrongPlate, setWrongPlate] = useState(false);
  const [quantity, setQuantity] = useState(1);
  const [member, setMember] = useState(unit);
  const [memberMissing, setMemberMissing] = useState(false);
  const { book, error, isPending, reset } = useBook(row.zone, onClose);

  // Staff name those who come along; others may bring a number.
  const [guestsTyped, setGuests] = useState('');
  const [guestsMissing, setGuestsMissing] = useState(false);
  const guests = canteen && quantity > 1 ? guestsIn(guestsTyped) : [];
  const unnamed = canteen && !isLiaison && !isStreet ? quantity - 1 - guests.length : 0;

  const plate = plateTyped ?? defaultPlate;
  const price = cells.reduce((sum, cell) => sum + cell.priceFen, 0) * quantity;
  const violation = error
    ? explain(error).violations.find((one) => fieldName(one.field) === 'plate')
    : undefined;
  const plateError = wrongPlate ? t('booking.plateInvalid') : violation?.text;
  const hours = (end - start) / 3_600_000;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const plateBad = parking && !isPlate(plate);
    setWrongPlate(plateBad);
    setMemberMissing(!member);
    setGuestsMissing(unnamed > 0);
    if (plateBad || !member || unnamed > 0) return;
    if (parking) rememberPlate(plate);
    const window = cells[0]?.window ?? '';
    book({
      window,
      start,
      end,
      quantity,
      plate: parking ? normalizePlate(plate) : '',
      guests,
      member,
      wait,
    });
  };

  return (
    <form className="sheet-form" onSubmit={submit} noValidate>
      <p className="sheet-time">
        <span>{longDate(start, row.zone, i18n.language)}</span>
        <strong>{clockRange(start, end, row.zone)}</strong>
      </p>
      {row.facility.address && <p className="muted">{row.facility.address}</p>}
      {row.facility.description && <p className="muted said">{row.facility.description}</p>}

      {longest > 1 && !canteen && (
        <div className="sheet-line">
          <span>{t('booking.length')}</span>
          <Stepper
            label={t('booking.length')}
            value={cells.length}
            min={1}
            max={longest}
            shown={t('booking.hours', { n: Number(hours.toFixed(2)) })}
            onChange={(n) => onResize(row, row.cells.slice(first, first + n))}
            testId="length"
          />
        </div>
      )}
      {(canteen || (!parking && most > 1)) && (
        <div className="sheet-line">
          <span>{quantityLabel}</span>
          <Stepper
            label={quantityLabel}
            value={quantity}
            min={1}
            max={most}
            shown={amount(kind, quantity)}
            onChange={setQuantity}
            testId="quantity"
          />
        </div>
      )}
      {!unit && (
        <MemberSelect value={member} onChange={setMember} missing={memberMissing && !member} />
      )}
      {parking && (
        <PlateField
          value={plate}
          error={plateError}
          onChange={(value) => {
            setPlate(value);
            setWrongPlate(false);
            if (violation) reset();
          }}
        />
      )}
      {canteen && quantity > 1 && (
        <GuestsField
          value={guestsTyped}
          error={guestsMissing && unnamed > 0 ? t('menus.guestsNeeded', { n: unnamed }) : undefined}
          onChange={setGuests}
        />
      )}
      <p className="sheet-total">
        <span>{t('booking.total')}</span>
        <strong>{price === 0 ? t('booking.free') : yuan(price)}</strong>
      </p>
      {wait && <p className="muted">{t('booking.waitNote')}</p>}
      {!violation && <Problem error={error} />}
      <Button
        type="primary"
        htmlType="submit"
        size="large"
        block
        loading={isPending}
        data-testid="confirm-booking"
      >
        {t(wait ? 'booking.wait' : 'booking.confirm')}
      </Button>
    </form>
  );
}
