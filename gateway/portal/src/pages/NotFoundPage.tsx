import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Empty } from '@/components/Empty';
import { PageHead } from '@/components/PageHead';

export default function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <>
      <PageHead title={t('notFound.title')} />
      <div className="panel">
        <Empty
          why={t('notFound.why')}
          action={<Link to="/workbench">{t('notFound.action')}</Link>}
        />
      </div>
    </>
  );
}
