// Confirms a booking, or says why there can be none: a sheet from below on a phone, from the side elsewhere.
import { Drawer } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Cell, Row } from '@/components/slots/model';
import type { FacilityKind } from '@/gen/jinhuan/resource/v1/facility_pb';
import { useIsPhone } from '@/lib/media';
import { BookingForm } from './BookingForm';
import { LotteryForm } from './LotteryForm';
import type { Selected } from './useSelected';
import { WhyNot } from './WhyNot';

interface Props {
  kind: FacilityKind;
  selected: Selected | null;
  defaultPlate: string;
  onResize: (row: Row, cells: Cell[]) => void;
  onClose: () => void;
}

export function BookingSheet({ kind, selected, defaultPlate, onResize, onClose }: Props) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  // Keeps the last content while the sheet slides away.
  const last = useRef(selected);
  if (selected) last.current = selected;
  const shown = last.current;
  const start = shown?.row.cells[shown.first]?.start;
  const state = shown?.row.cells[shown.first]?.state;
  const Form =
    state === 'notyet' || state === 'notforyou'
      ? WhyNot
      : state === 'lottery'
        ? LotteryForm
        : BookingForm;
  return (
    <Drawer
      open={!!selected}
      onClose={onClose}
      placement={phone ? 'bottom' : 'right'}
      size={phone ? 'auto' : 420}
      title={shown?.row.facility.displayName ?? t('booking.confirm')}
      className="sheet"
    >
      {shown && (
        <Form
          key={`${shown.row.facility.name} ${start}`}
          kind={kind}
          selected={shown}
          defaultPlate={defaultPlate}
          onResize={onResize}
          onClose={onClose}
        />
      )}
    </Drawer>
  );
}
