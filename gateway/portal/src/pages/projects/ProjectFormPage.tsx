// Sets up a project that no meeting resolved.
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { explain } from '@/api/errors';
import { useActOf } from '@/api/useAct';
import { useWork } from '@/app/session';
import { MemberSelect } from '@/components/MemberSelect';
import { PageHead } from '@/components/PageHead';
import { Panel } from '@/components/Panel';
import { Problem } from '@/components/Problem';
import { ProjectService } from '@/gen/jinhuan/meeting/v1/project_service_pb';
import { apiDate } from '@/lib/date';
import { idOf } from '@/lib/names';

const empty = {
  title: '',
  goal: '',
  leadMember: '',
  responsiblePerson: '',
  dueDate: '',
  standard: '',
  milestones: '',
};

export default function ProjectFormPage() {
  const { t } = useTranslation();
  const { alliance } = useWork();
  const go = useNavigate();
  const id = useId();
  const [values, setValues] = useState(empty);
  const create = useActOf(ProjectService.method.createProject, [ProjectService], () =>
    t('projects.created'),
  );
  const set = (field: keyof typeof empty) => (event: { target: { value: string } }) =>
    setValues({ ...values, [field]: event.target.value });
  const wrong = (field: string) =>
    create.error &&
    explain(create.error).violations.find((one) => one.field.startsWith(`project.${field}`))?.text;
  const send = () => {
    const { milestones, dueDate, ...rest } = values;
    const steps = milestones.split('\n').map((title) => title.trim());
    create.send(
      {
        parent: alliance,
        project: {
          ...rest,
          dueDate: apiDate(dueDate),
          milestones: steps.filter(Boolean).map((title) => ({ title })),
        },
      },
      (project) => go(`/projects/${idOf(project.name)}`),
    );
  };
  const text = (field: 'title' | 'responsiblePerson' | 'standard', most: number) => (
    <div className="field">
      <label htmlFor={`${id}-${field}`}>{t(`projects.field.${field}`)}</label>
      <Input
        id={`${id}-${field}`}
        value={values[field]}
        maxLength={most}
        onChange={set(field)}
        data-testid={`project-${field}`}
      />
      {wrong(field) && <p className="field-error">{wrong(field)}</p>}
    </div>
  );
  const long = (field: 'goal' | 'milestones', most: number) => (
    <div className="field">
      <label htmlFor={`${id}-${field}`}>{t(`projects.field.${field}`)}</label>
      <Input.TextArea
        id={`${id}-${field}`}
        rows={3}
        value={values[field]}
        maxLength={most}
        onChange={set(field)}
      />
      {wrong(field) && <p className="field-error">{wrong(field)}</p>}
    </div>
  );
  return (
    <>
      <PageHead
        title={t('projects.create')}
        back={{ to: '/projects', label: t('projects.title') }}
      />
      <Panel title={t('projects.about')}>
        <form
          className="reason-form"
          onSubmit={(event) => {
            event.preventDefault();
            send();
          }}
        >
          {text('title', 120)}
          <MemberSelect
            value={values.leadMember}
            onChange={(leadMember) => setValues({ ...values, leadMember })}
            label={t('projects.field.leadMember')}
            missing={!!wrong('lead_member')}
          />
          {text('responsiblePerson', 40)}
          <div className="field">
            <label htmlFor={`${id}-due`}>{t('projects.field.dueDate')}</label>
            <Input
              id={`${id}-due`}
              type="date"
              value={values.dueDate}
              onChange={set('dueDate')}
              data-testid="project-dueDate"
            />
            {wrong('due_date') && <p className="field-error">{wrong('due_date')}</p>}
          </div>
          {long('goal', 2000)}
          {text('standard', 500)}
          {long('milestones', 6000)}
          <Problem error={create.error} />
          <Button
            type="primary"
            htmlType="submit"
            loading={create.isPending}
            data-testid="project-save"
          >
            {t('projects.create')}
          </Button>
        </form>
      </Panel>
    </>
  );
}
