// The code that is shown at a place; it changes by itself.
import { useQuery } from '@connectrpc/connect-query';
import { useTranslation } from 'react-i18next';
import { explain } from '@/api/errors';
import { Failure } from '@/components/Failure';
import { BookingService } from '@/gen/jinhuan/resource/v1/booking_service_pb';
import './reception.css';

export function ShownCode({ facility }: { facility: string }) {
  const { t } = useTranslation();
  const query = useQuery(
    BookingService.method.getCheckInCode,
    { name: facility },
    { refetchInterval: 15_000, staleTime: 0 },
  );
  if (query.error) {
    return <Failure text={explain(query.error).text} retry={() => query.refetch()} />;
  }
  return (
    <p className="shown-code">
      <strong data-testid="shown-code">{query.data?.code ?? '······'}</strong>
      <span className="muted">{t('reception.codeNote')}</span>
    </p>
  );
}
