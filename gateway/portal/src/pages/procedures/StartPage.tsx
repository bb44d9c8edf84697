// Starts a procedure: what about, and by which template.
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { useWork } from '@/app/session';
import { useRuns } from '@/components/ballots/useBallots';
import { NativeSelect } from '@/components/NativeSelect';
import { PageHead } from '@/components/PageHead';
import { Panel } from '@/components/Panel';
import { Problem } from '@/components/Problem';
import { StageRule } from '@/components/procedures/Steps';
import { useProcedureAct, useTemplates } from '@/components/procedures/useProcedures';
import { ProcedureService } from '@/gen/jinhuan/meeting/v1/procedure_service_pb';
import { idOf } from '@/lib/names';
import NotFoundPage from '../NotFoundPage';

export default function StartPage() {
  const { t } = useTranslation();
  const id = useId();
  const { alliance } = useWork();
  const runs = useRuns();
  const navigate = useNavigate();
  // A topic's page may link here with the topic and its title.
  const [params] = useSearchParams();
  const [title, setTitle] = useState(params.get('title') ?? '');
  const [chosen, setChosen] = useState('');
  const templates = useTemplates().data?.procedureTemplates ?? [];
  const template = templates.find((one) => one.name === chosen) ?? templates[0];
  const act = useProcedureAct(ProcedureService.method.startProcedure, () =>
    t('procedures.started'),
  );
  if (!runs) return <NotFoundPage />;
  return (
    <>
      <PageHead
        title={t('procedures.start')}
        back={{ to: '/procedures', label: t('nav.procedures') }}
      />
      <Panel title={t('procedures.what')}>
        <form
          className="reason-form"
          onSubmit={(event) => {
            event.preventDefault();
            const procedure = {
              title: title.trim(),
              topic: params.get('topic') ?? '',
              template: template?.name,
            };
            act.send({ parent: alliance, procedure }, (made) =>
              navigate(`/procedures/${idOf(made.name)}`),
            );
          }}
        >
          <label htmlFor={`${id}-title`}>{t('procedures.title')}</label>
          <Input
            id={`${id}-title`}
            maxLength={120}
            value={title}
            onChange={(event) => setTitle(event.target.value)}
            data-testid="procedure-title"
          />
          <label htmlFor={`${id}-template`}>{t('procedures.template')}</label>
          <NativeSelect
            id={`${id}-template`}
            value={template?.name ?? ''}
            onChange={(event) => setChosen(event.target.value)}
            choices={templates.map((one) => ({ value: one.name, label: one.displayName }))}
            data-testid="procedure-template"
          />
          <ol className="rows">
            {template?.stages.map((stage) => (
              <li key={stage.displayName}>
                <strong>{stage.displayName}</strong>
                <StageRule stage={stage} />
              </li>
            ))}
          </ol>
          <Problem error={act.error} />
          <Button
            type="primary"
            htmlType="submit"
            loading={act.isPending}
            disabled={!title.trim() || !template}
            data-testid="procedure-start"
          >
            {t('procedures.start')}
          </Button>
        </form>
      </Panel>
    </>
  );
}
