// Asks for a place that a lottery decides on; asking again changes the request.
import { Button } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { explain, fieldName } from '@/api/errors';
import { useActOf } from '@/api/useAct';
import { useWork } from '@/app/session';
import { needs } from '@/components/lottery/words';
import { MemberSelect } from '@/components/MemberSelect';
import { Problem } from '@/components/Problem';
import { Stepper } from '@/components/Stepper';
import { type Cell, longestFrom, type Row } from '@/components/slots/model';
import { FacilityKind } from '@/gen/jinhuan/resource/v1/facility_pb';
import type { LotteryNeed } from '@/gen/jinhuan/resource/v1/lottery_pb';
import { LotteryService } from '@/gen/jinhuan/resource/v1/lottery_service_pb';
import { isPlate, normalizePlate, rememberPlate } from '@/lib/plate';
import { clockRange, deadline, longDate, stamp } from '@/lib/time';
import { PlateField } from './PlateField';
import type { Selected } from './useSelected';

interface Props {
  kind: FacilityKind;
  selected: Selected;
  defaultPlate: string;
  onResize: (row: Row, cells: Cell[]) => void;
  onClose: () => void;
}

export function LotteryForm({ kind, selected, defaultPlate, onResize, onClose }: Props) {
  const { t, i18n } = useTranslation();
  const { alliance, member: unit } = useWork();
  const { row, first, count } = selected;
  const parking = kind === FacilityKind.PARKING;
  const longest = Math.max(1, longestFrom(row.cells, first));
  const cells = row.cells.slice(first, first + Math.min(count, longest));
  const start = cells[0]?.start ?? 0;
  const end = cells.at(-1)?.end ?? 0;
  const [plateTyped, setPlate] = useState<string | null>(null);
  const [wrongPlate, setWrongPlate] = useState(false);
  const [member, setMember] = useState(unit);
  const [memberMissing, setMemberMissing] = useState(false);
  const [said, setSaid] = useState<LotteryNeed[]>([]);
  const ask = useActOf(LotteryService.method.submitLotteryRequest, [LotteryService], () =>
    t('lottery.submitted'),
  );
  const plate = plateTyped ?? defaultPlate;
  const violation = ask.error
    ? explain(ask.error).violations.find((one) => fieldName(one.field) === 'plate')
    : undefined;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const plateBad = parking && !isPlate(plate);
    setWrongPlate(plateBad);
    setMemberMissing(!member);
    if (plateBad || !member) return;
    if (parking) rememberPlate(plate);
    const booking = {
      window: cells[0]?.window ?? '',
      startTime: stamp(start),
      endTime: stamp(end),
      plate: parking ? normalizePlate(plate) : '',
      member,
    };
    ask.send({ parent: alliance, booking, needs: said }, onClose);
  };

  return (
    <form className="sheet-form" onSubmit={submit} noValidate>
      <p className="sheet-time">
        <span>{longDate(start, row.zone, i18n.language)}</span>
        <strong>{clockRange(start, end, row.zone)}</strong>
      </p>
      <p className="muted">
        {t('lottery.sheet', {
          time: deadline(cells[0]?.drawAt ?? 0, row.zone, i18n.language),
        })}
      </p>
      {longest > 1 && (
        <div className="sheet-line">
          <span>{t('booking.length')}</span>
          <Stepper
            label={t('booking.length')}
            value={cells.length}
            min={1}
            max={longest}
            shown={t('booking.hours', { n: Number(((end - start) / 3_600_000).toFixed(2)) })}
            onChange={(n) => onResize(row, row.cells.slice(first, first + n))}
            testId="length"
          />
        </div>
      )}
      {!unit && (
        <MemberSelect value={member} onChange={setMember} missing={memberMissing && !member} />
      )}
      {parking && (
        <PlateField
          value={plate}
          error={wrongPlate ? t('booking.plateInvalid') : violation?.text}
          onChange={(value) => {
            setPlate(value);
            setWrongPlate(false);
            if (violation) ask.reset();
          }}
        />
      )}
      <fieldset className="lottery-needs">
        <legend>{t('lottery.needs')}</legend>
        {needs.map((need) => (
          <label key={need}>
            <input
              type="checkbox"
              checked={said.includes(need)}
              onChange={(event) =>
                setSaid(event.target.checked ? [...said, need] : said.filter((one) => one !== need))
              }
            />
            {t(`lottery.need.${need}`)}
          </label>
        ))}
        <p className="muted">{t('lottery.needsNote')}</p>
      </fieldset>
      {!violation && <Problem error={ask.error} />}
      <Button
        type="primary"
        htmlType="submit"
        size="large"
        block
        loading={ask.isPending}
        data-testid="ask-lottery"
      >
        {t('lottery.submit')}
      </Button>
    </form>
  );
}
