// Which opening of the giving unit's venues and services is booked along with an
// agreement; none unless the reader chooses one.
import { useQuery } from '@connectrpc/connect-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWork } from '@/app/session';
import { NativeSelect } from '@/components/NativeSelect';
import { FacilityKind } from '@/gen/jinhuan/resource/v1/facility_pb';
import { FacilityService } from '@/gen/jinhuan/resource/v1/facility_service_pb';

interface Props {
  giver: string;
  value: string;
  onChange: (window: string) => void;
}

export function WindowPicker({ giver, value, onChange }: Props) {
  const { t } = useTranslation();
  const { alliance } = useWork();
  const id = useId();
  const [facility, setFacility] = useState('');
  const all = { parent: alliance, pageSize: 1000 };
  const method = FacilityService.method.listFacilities;
  const venues = useQuery(method, { ...all, kind: FacilityKind.VENUE });
  const services = useQuery(method, { ...all, kind: FacilityKind.SERVICE });
  const windows = useQuery(
    FacilityService.method.listWindows,
    { parent: facility, pageSize: 1000 },
    { enabled: !!facility },
  );
  const lent = [...(venues.data?.facilities ?? []), ...(services.data?.facilities ?? [])].filter(
    (one) => one.owner === giver,
  );
  if (lent.length === 0) return null;
  const choose = (name: string) => {
    setFacility(name);
    onChange('');
  };
  return (
    <>
      <label htmlFor={`${id}-facility`}>{t('exchange.agree.facility')}</label>
      <NativeSelect
        id={`${id}-facility`}
        value={facility}
        choices={[
          { value: '', label: t('exchange.agree.noBooking') },
          ...lent.map((one) => ({ value: one.name, label: one.displayName })),
        ]}
        onChange={(event) => choose(event.target.value)}
        data-testid="terms-facility"
      />
      {facility && (
        <>
          <label htmlFor={`${id}-window`}>{t('exchange.agree.window')}</label>
          <NativeSelect
            id={`${id}-window`}
            value={value}
            choices={[
              { value: '', label: t('exchange.agree.chooseWindow') },
              ...(windows.data?.windows ?? []).map((one) => ({
                value: one.name,
                label: one.displayName || t('facilities.window'),
              })),
            ]}
            onChange={(event) => onChange(event.target.value)}
            data-testid="terms-window"
          />
        </>
      )}
    </>
  );
}
