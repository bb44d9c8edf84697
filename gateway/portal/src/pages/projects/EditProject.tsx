// Changes a running project: the responsible unit its goal, person and milestones, the chair
// and the street all of it.
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { explain } from '@/api/errors';
import { useActOf } from '@/api/useAct';
import { MemberSelect } from '@/components/MemberSelect';
import { Problem } from '@/components/Problem';
import { CarryOutFields, sentCarryOut } from '@/components/projects/CarryOutFields';
import { Sheet } from '@/components/Sheet';
import type { Project } from '@/gen/jinhuan/meeting/v1/project_pb';
import { ProjectService } from '@/gen/jinhuan/meeting/v1/project_service_pb';
import { isoDay } from '@/lib/date';
import { MilestoneFields } from './MilestoneFields';
import { type Step, sentSteps, stepsOf } from './steps';

const OWN = ['goal', 'responsible_person', 'milestones'];
const ALL = [
  ...OWN,
  'title',
  'proposer_member',
  'lead_member',
  'supporting_members',
  'due_date',
  'standard',
];

interface Props {
  project: Project;
  // The reader acts for the alliance: the chair or the street.
  all: boolean;
}

export function EditProject({ project, all }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)} data-testid="project-edit">
        {t('projects.edit')}
      </Button>
      <Sheet open={open} title={t('projects.edit')} onClose={() => setOpen(false)}>
        <Form project={project} all={all} done={() => setOpen(false)} />
      </Sheet>
    </>
  );
}

function Form({ project, all, done }: Props & { done: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  // As it was when the form opened: what another changed since is not overwritten.
  const [before] = useState(project);
  const [steps, setSteps] = useState<Step[]>(() => stepsOf(before));
  const [values, setValues] = useState({
    title: before.title,
    goal: before.goal,
    proposerMember: before.proposerMember,
    leadMember: before.leadMember,
    supportingMembers: before.supportingMembers,
    responsiblePerson: before.responsiblePerson,
    due: isoDay(before.dueDate),
    standard: before.standard,
  });
  const act = useActOf(ProjectService.method.updateProject, [ProjectService], () =>
    t('projects.changed'),
  );
  const violations = act.error ? explain(act.error).violations : [];
  const wrong = (path: string) =>
    violations.find((one) => one.field.startsWith(`project.${path}`))?.text;
  const set = (change: Partial<typeof values>) => setValues((now) => ({ ...now, ...change }));
  const send = () => {
    const { due, ...rest } = values;
    const changed = {
      ...rest,
      name: before.name,
      etag: before.etag,
      ...sentCarryOut(values),
      milestones: sentSteps(steps),
    };
    act.send({ project: changed, updateMask: { paths: all ? ALL : OWN } }, done);
  };
  const text = (
    field: 'title' | 'goal' | 'responsiblePerson' | 'standard',
    path: string,
    most: number,
  ) => {
    const shared = {
      id: `${id}-${field}`,
      value: values[field],
      maxLength: most,
      'aria-invalid': !!wrong(path),
      onChange: (event: { target: { value: string } }) => set({ [field]: event.target.value }),
      'data-testid': `edit-${field}`,
    };
    return (
      <div className="field">
        <label htmlFor={shared.id} className={field === 'title' ? 'needed' : ''}>
          {t(`projects.field.${field}`)}
        </label>
        {most > 200 ? <Input.TextArea rows={3} {...shared} /> : <Input {...shared} />}
        {wrong(path) && <p className="field-error">{wrong(path)}</p>}
      </div>
    );
  };
  const how = (
    <>
      {text('responsiblePerson', 'responsible_person', 40)}
      {text('goal', 'goal', 2000)}
      {all && text('standard', 'standard', 500)}
      <MilestoneFields steps={steps} onChange={setSteps} wrong={wrong} />
    </>
  );
  return (
    <form
      className="reason-form"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {all && text('title', 'title', 120)}
      {all ? (
        <CarryOutFields values={values} onChange={set} wrong={wrong} testId="edit">
          {how}
        </CarryOutFields>
      ) : (
        how
      )}
      {all && (
        <MemberSelect
          value={values.proposerMember}
          onChange={(proposerMember) => set({ proposerMember })}
          label={t('projects.field.proposer')}
          none={t('projects.proposerStreet')}
          wrong={wrong('proposer_member')}
          testId="edit-proposer"
        />
      )}
      <Problem error={violations.length > 0 ? null : act.error} />
      <Button
        type="primary"
        htmlType="submit"
        block
        loading={act.isPending}
        data-testid="project-keep"
      >
        {t('projects.save')}
      </Button>
    </form>
  );
}
