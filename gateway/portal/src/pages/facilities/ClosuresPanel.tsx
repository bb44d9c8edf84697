// When a facility is closed, with the way to close it and to open it again.
import { useQuery } from '@connectrpc/connect-query';
import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { explain } from '@/api/errors';
import { refresh } from '@/api/refresh';
import { useRequestId } from '@/api/requestId';
import { useMutation } from '@/api/useMutation';
import { Empty } from '@/components/Empty';
import { Failure } from '@/components/Failure';
import { FilterLinks } from '@/components/FilterLinks';
import { PageSkeleton } from '@/components/PageSkeleton';
import { Panel } from '@/components/Panel';
import { Sheet } from '@/components/Sheet';
import { useToast } from '@/components/Toast';
import { BookingService } from '@/gen/jinhuan/resource/v1/booking_service_pb';
import { type Closure, Closure_State } from '@/gen/jinhuan/resource/v1/closure_pb';
import type { Window } from '@/gen/jinhuan/resource/v1/facility_pb';
import { FacilityService } from '@/gen/jinhuan/resource/v1/facility_service_pb';
import { dateTime, MINUTE, ms, stamp } from '@/lib/time';
import { ClosureForm } from './ClosureForm';

interface Props {
  facility: string;
  windows: readonly Window[];
  zone: string;
  mayEdit: boolean;
}

export function ClosuresPanel({ facility, windows, zone, mayEdit }: Props) {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const [open, setOpen] = useState(false);
  const [now] = useState(() => stamp(Math.floor(Date.now() / MINUTE) * MINUTE));
  const all = params.get('closures') === 'all';
  const query = useQuery(FacilityService.method.listClosures, {
    parent: facility,
    pageSize: 100,
    endAfter: all ? undefined : now,
  });
  const closures = (query.data?.closures ?? []).filter(
    (one) => all || one.state === Closure_State.IN_FORCE,
  );
  const close = mayEdit && (
    <Button onClick={() => setOpen(true)} data-testid="closure-new">
      {t('facilities.closure.do')}
    </Button>
  );
  return (
    <Panel title={t('facilities.closure.title')} extra={close}>
      <FilterLinks
        label={t('facilities.closure.title')}
        param="closures"
        options={[
          { value: '', label: t('facilities.closure.coming') },
          { value: 'all', label: t('action.all') },
        ]}
      />
      {query.isPending ? (
        <PageSkeleton lines={2} />
      ) : query.error ? (
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      ) : closures.length === 0 ? (
        <Empty why={t('facilities.closure.none')} />
      ) : (
        <ul className="rows">
          {closures.map((one) => (
            <li key={one.name}>
              <ClosureRow closure={one} windows={windows} zone={zone} mayEdit={mayEdit} />
            </li>
          ))}
        </ul>
      )}
      <Sheet open={open} title={t('facilities.closure.do')} onClose={() => setOpen(false)}>
        <ClosureForm
          facility={facility}
          windows={windows}
          zone={zone}
          onDone={() => setOpen(false)}
        />
      </Sheet>
    </Panel>
  );
}

interface RowProps extends Omit<Props, 'facility'> {
  closure: Closure;
}

function ClosureRow({ closure, windows, zone, mayEdit }: RowProps) {
  const { t, i18n } = useTranslation();
  const toast = useToast();
  const queries = useQueryClient();
  const requestId = useRequestId();
  const cancel = useMutation(FacilityService.method.cancelClosure);
  const when = (time: Closure['startTime']) => dateTime(ms(time), zone, i18n.language);
  const window = windows.find((one) => one.name === closure.window);
  const live = closure.state === Closure_State.IN_FORCE && ms(closure.endTime) > Date.now();
  const lift = () =>
    cancel.mutate(
      { name: closure.name, requestId: requestId.idFor(closure.name) },
      {
        onSuccess: () => toast({ text: t('facilities.closure.lifted') }),
        onError: (error) => toast({ text: explain(error).text, tone: 'bad' }),
        onSettled: () => void refresh(queries, FacilityService, BookingService),
      },
    );
  return (
    <div className="window-card" data-testid="closure">
      <h3>{closure.reason}</h3>
      <p>{`${when(closure.startTime)} – ${when(closure.endTime)}`}</p>
      <p className="muted">
        {[
          window ? window.displayName || t('facilities.window') : t('facilities.closure.whole'),
          closure.emergency && t('facilities.closure.wasEmergency'),
          closure.touched && t('facilities.closure.recalled', { count: closure.touched.count }),
          closure.state === Closure_State.CANCELLED && t('facilities.closure.wasLifted'),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {mayEdit && live && (
        <Button onClick={lift} loading={cancel.isPending} data-testid="closure-lift">
          {t('facilities.closure.lift')}
        </Button>
      )}
    </div>
  );
}
