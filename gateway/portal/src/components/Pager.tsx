// Page by page through a list whose pages are named by tokens. The token is in
// the address; the way back is the one that the reader came.
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useSearchParams } from 'react-router';

interface Props {
  nextPageToken: string | undefined;
  total?: number;
}

export function Pager({ nextPageToken, total }: Props) {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const { pathname, state } = useLocation();
  const here = params.get('page') ?? '';
  if (!here && !nextPageToken && total === undefined) return null;

  const trail: string[] = Array.isArray(state?.trail) ? state.trail : [];
  const at = (token: string) => {
    const next = new URLSearchParams(params);
    if (token) next.set('page', token);
    else next.delete('page');
    return `${pathname}?${next}`;
  };
  return (
    <nav className="pager" aria-label={t('pager.label')}>
      {total !== undefined && <span className="muted">{t('pager.total', { n: total })}</span>}
      {here && (
        <>
          <Link to={at('')}>{t('pager.first')}</Link>
          {trail.length > 1 && (
            <Link to={at(trail.at(-1) ?? '')} state={{ trail: trail.slice(0, -1) }}>
              {t('pager.previous')}
            </Link>
          )}
        </>
      )}
      {nextPageToken && (
        <Link to={at(nextPageToken)} state={{ trail: [...trail, here] }} data-testid="next-page">
          {t('pager.next')}
        </Link>
      )}
    </nav>
  );
}
