import { useTranslation } from 'react-i18next';
import { type Request, Request_State } from '@/gen/jinhuan/meeting/v1/request_pb';

export function StateTag({ request }: { request: Request }) {
  const { t } = useTranslation();
  const done = request.state >= Request_State.RESOLVED;
  return (
    <>
      <span
        className={done ? 'tag tag-confirmed' : 'tag tag-applied'}
        data-testid="request-state"
        data-state={request.state}
      >
        {t(`requests.state.${request.state}`)}
      </span>{' '}
      {request.progress && (
        <span
          className="tag tag-applied"
          data-testid="progress-state"
          data-state={request.progress.state}
        >
          {t(`requests.state.${request.progress.state}`)}
        </span>
      )}{' '}
      {request.reporterCount > 1 && (
        <span className="tag tag-draft" data-testid="reporters">
          {t('requests.reporters', { n: request.reporterCount })}
        </span>
      )}{' '}
      {request.overdue && <span className="tag tag-draft">{t('requests.overdue')}</span>}
    </>
  );
}
