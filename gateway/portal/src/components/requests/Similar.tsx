// What others have reported of the same kind at the same place, in neutral words: whoever
// meets it too joins in with one tap.
import { useQuery } from '@connectrpc/connect-query';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWork } from '@/app/session';
import { RequestService } from '@/gen/jinhuan/meeting/v1/request_service_pb';

const PAUSE = 500; // ms without typing

interface Props {
  category: number;
  place: string;
  location: { latitude: number; longitude: number } | undefined;
  busy: boolean;
  onJoin: (name: string) => void;
}

export function Similar({ category, place, location, busy, onJoin }: Props) {
  const { t } = useTranslation();
  const { alliance } = useWork();
  const [settled, setSettled] = useState(place);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(place), PAUSE);
    return () => clearTimeout(timer);
  }, [place]);
  const query = useQuery(
    RequestService.method.listSimilarRequests,
    { parent: alliance, category, place: settled, location },
    { enabled: category > 0 && (settled !== '' || location !== undefined) },
  );
  const requests = query.data?.requests ?? [];
  return (
    <section className="form-wide" aria-live="polite" aria-label={t('requests.similar')}>
      {requests.length > 0 && (
        <>
          <p>{t('requests.similar')}</p>
          <ul className="rows" data-testid="similar">
            {requests.map((one) => (
              <li key={one.name} className="request-row">
                <span>
                  {[
                    t(`requests.category.${one.category}`),
                    one.samePlace
                      ? t('requests.samePlace')
                      : t('requests.within', { n: one.distanceMeters }),
                    t(`requests.state.${one.state}`),
                    t('requests.reporters', { n: one.reporterCount }),
                  ].join(' · ')}
                </span>
                <Button loading={busy} onClick={() => onJoin(one.name)} data-testid="me-too">
                  {t('requests.meToo')}
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
