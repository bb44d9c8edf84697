// The milestones of a project as fields: what is reached stays, the rest is changed.
import { Button, Input } from 'antd';
import { useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { MOST_STEPS, newStep, type Step, weightsOf } from './steps';

interface Props {
  steps: Step[];
  onChange: (steps: Step[]) => void;
  // What the server says of `milestones[2].title`.
  wrong: (path: string) => string | undefined;
}

export function MilestoneFields({ steps, onChange, wrong }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const added = useRef(0);
  const change = (i: number, what: Partial<Step>) =>
    onChange(steps.map((one, at) => (at === i ? { ...one, ...what } : one)));
  const field = (i: number, step: Step, name: 'title' | 'weight' | 'due') => {
    const path = `milestones[${i}].${name === 'due' ? 'due_date' : name}`;
    const label = { title: 'title', weight: 'weight', due: 'milestoneDue' }[name];
    return (
      <div className="field">
        <label htmlFor={`${id}-${i}-${name}`} className={name === 'title' ? 'needed' : ''}>
          {t(`projects.field.${label === 'title' ? 'milestone' : label}`, { n: i + 1 })}
        </label>
        <Input
          id={`${id}-${i}-${name}`}
          type={name === 'due' ? 'date' : 'text'}
          inputMode={name === 'weight' ? 'numeric' : undefined}
          maxLength={name === 'title' ? 120 : undefined}
          value={step[name]}
          disabled={step.reached}
          aria-invalid={!!wrong(path)}
          onChange={(event) => change(i, { [name]: event.target.value })}
          data-testid={`milestone-${name}`}
        />
        {wrong(path) && <p className="field-error">{wrong(path)}</p>}
      </div>
    );
  };
  return (
    <fieldset className="form-group reason-form">
      <legend>{t('projects.milestones')}</legend>
      <p className="muted">{t('projects.weights', { n: weightsOf(steps) })}</p>
      {steps.map((step, i) => (
        <div key={step.key} className="reason-form" data-testid="milestone-fields">
          {field(i, step, 'title')}
          {field(i, step, 'weight')}
          {field(i, step, 'due')}
          {!step.reached && (
            <Button
              onClick={() => onChange(steps.filter((_, at) => at !== i))}
              aria-label={t('projects.removeMilestone', { n: i + 1 })}
            >
              {t('projects.remove')}
            </Button>
          )}
        </div>
      ))}
      <Button
        disabled={steps.length >= MOST_STEPS}
        onClick={() => {
          added.current += 1;
          onChange([...steps, newStep(`new ${added.current}`)]);
        }}
        data-testid="milestone-add"
      >
        {t('projects.addMilestone')}
      </Button>
    </fieldset>
  );
}
