// The photos of a request, read one by one.
import { useQuery } from '@connectrpc/connect-query';
import { useTranslation } from 'react-i18next';
import { RequestService } from '@/gen/jinhuan/meeting/v1/request_service_pb';
import { dataUrl } from './shrink';
import './requests.css';

export function Photos({ names }: { names: string[] }) {
  if (names.length === 0) return null;
  return (
    <ul className="photos">
      {names.map((name, i) => (
        <li key={name}>
          <Photo name={name} n={i + 1} />
        </li>
      ))}
    </ul>
  );
}

function Photo({ name, n }: { name: string; n: number }) {
  const { t } = useTranslation();
  // A photo never changes.
  const query = useQuery(
    RequestService.method.getRequestPhoto,
    { name },
    { staleTime: Number.POSITIVE_INFINITY, refetchInterval: false },
  );
  if (!query.data) return <span className="photo-wait" />;
  return (
    <img
      src={dataUrl(query.data.content, query.data.mediaType)}
      alt={t('requests.photoAlt', { n })}
      data-testid="photo-shown"
    />
  );
}
