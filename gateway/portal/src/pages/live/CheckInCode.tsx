// The code to show at the meeting: to scan, or to type.
import { useQuery } from '@connectrpc/connect-query';
import { useTranslation } from 'react-i18next';
import { explain } from '@/api/errors';
import { QrCode } from '@/components/bookings/QrCode';
import { Failure } from '@/components/Failure';
import { Panel } from '@/components/Panel';
import { MeetingService } from '@/gen/jinhuan/meeting/v1/meeting_service_pb';
import { idOf } from '@/lib/names';

export function CheckInCode({ meeting }: { meeting: string }) {
  const { t } = useTranslation();
  const query = useQuery(
    MeetingService.method.getCheckInCode,
    { name: meeting },
    { refetchInterval: 15_000, staleTime: 0 },
  );
  const code = query.data?.code;
  const address = `${window.location.origin}/meetings/${idOf(meeting)}/check-in?code=${code}`;
  return (
    <Panel title={t('session.code')}>
      {query.error ? (
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      ) : (
        <div className="live-code">
          {code && <QrCode text={address} label={t('session.codeQr')} />}
          <strong data-testid="check-in-code">{code ?? '······'}</strong>
          <span className="muted">{t('session.codeNote')}</span>
        </div>
      )}
    </Panel>
  );
}
