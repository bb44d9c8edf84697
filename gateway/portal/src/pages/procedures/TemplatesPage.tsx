// The procedures that topics can go through; the street changes them.
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useWork } from '@/app/session';
import { PageHead } from '@/components/PageHead';
import { Panel } from '@/components/Panel';
import { useTemplates } from '@/components/procedures/useProcedures';
import { idOf } from '@/lib/names';
import NotFoundPage from '../NotFoundPage';

export default function TemplatesPage() {
  const { t } = useTranslation();
  const { isStreet } = useWork();
  const templates = useTemplates().data?.procedureTemplates ?? [];
  if (!isStreet) return <NotFoundPage />;
  return (
    <>
      <PageHead
        title={t('procedures.templates')}
        sub={t('procedures.templatesSub')}
        back={{ to: '/procedures', label: t('nav.procedures') }}
      />
      {templates.map((template) => (
        <Panel
          key={template.name}
          title={template.displayName}
          extra={
            <Link to={`/procedures/templates/${idOf(template.name)}`} className="button-link">
              {t('action.edit')}
            </Link>
          }
        >
          <ol>
            {template.stages.map((stage) => (
              <li key={stage.displayName}>{stage.displayName}</li>
            ))}
          </ol>
        </Panel>
      ))}
    </>
  );
}
