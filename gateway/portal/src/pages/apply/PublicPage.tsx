// The frame of the pages that anyone may see: no session, no navigation.
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Tools } from '@/app/Header';
import { Ring } from '@/components/Ring';
import './apply.css';

interface Props {
  title: string;
  sub?: string;
  children: ReactNode;
}

export function PublicPage({ title, sub, children }: Props) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${title} · ${t('product.name')}`;
  }, [title, t]);
  return (
    <div className="public">
      <a className="skip" href="#main">
        {t('nav.skip')}
      </a>
      <header className="top">
        <Link to="/sign-in" className="brand">
          <Ring />
          <span className="brand-name">{t('product.name')}</span>
        </Link>
        <div className="top-tools">
          <Tools />
        </div>
      </header>
      <main id="main" className="public-main" tabIndex={-1}>
        <h1>{title}</h1>
        {sub && <p className="page-sub">{sub}</p>}
        {children}
      </main>
    </div>
  );
}
