import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

interface Props {
  title: string;
  sub?: ReactNode;
  back?: { to: string; label: string };
  children?: ReactNode;
}

// The heading of a page, its actions, and the title of the browser's tab.
export function PageHead({ title, sub, back, children }: Props) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${title} · ${t('product.name')}`;
  }, [title, t]);
  return (
    <div className="page-head">
      <div className="page-head-text">
        {back && (
          <Link to={back.to} className="back">
            <span aria-hidden="true">‹ </span>
            {back.label}
          </Link>
        )}
        <h1>{title}</h1>
        {sub && <p className="page-sub">{sub}</p>}
      </div>
      {children && <div className="page-actions">{children}</div>}
    </div>
  );
}
