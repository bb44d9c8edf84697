// Changes a template: its name and its stages, in order. What runs keeps the stages that it
// began with.
import { ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { create } from '@bufbuild/protobuf';
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { useWork } from '@/app/session';
import { bodies } from '@/components/meetings/bodies';
import { NativeSelect } from '@/components/NativeSelect';
import { PageHead } from '@/components/PageHead';
import { PageSkeleton } from '@/components/PageSkeleton';
import { Panel } from '@/components/Panel';
import { Problem } from '@/components/Problem';
import { useProcedureAct, useTemplates } from '@/components/procedures/useProcedures';
import {
  type ProcedureTemplate,
  type Stage,
  Stage_Kind,
  StageSchema,
} from '@/gen/jinhuan/meeting/v1/procedure_pb';
import { ProcedureService } from '@/gen/jinhuan/meeting/v1/procedure_service_pb';
import { idOf } from '@/lib/names';
import NotFoundPage from '../NotFoundPage';
import '@/components/procedures/procedures.css';

export default function TemplatePage() {
  const { id } = useParams();
  const { isStreet } = useWork();
  const query = useTemplates();
  if (query.isPending) return <PageSkeleton lines={8} />;
  const template = query.data?.procedureTemplates.find((one) => idOf(one.name) === id);
  if (!isStreet || !template) return <NotFoundPage />;
  return <Form template={template} />;
}

function Form({ template }: { template: ProcedureTemplate }) {
  const { t } = useTranslation();
  const id = useId();
  const navigate = useNavigate();
  const [displayName, setDisplayName] = useState(template.displayName);
  const [stages, setStages] = useState(template.stages);
  const act = useProcedureAct(ProcedureService.method.updateProcedureTemplate, () =>
    t('form.saved'),
  );
  const change = (i: number, by: Partial<Stage>) =>
    setStages(stages.map((one, k) => (k === i ? { ...one, ...by } : one)));
  const up = (i: number) => {
    const [one] = stages.slice(i, i + 1);
    if (!one) return;
    const rest = stages.filter((_, k) => k !== i);
    setStages([...rest.slice(0, i - 1), one, ...rest.slice(i - 1)]);
  };
  const save = () => {
    const { name, etag } = template;
    act.send({ procedureTemplate: { name, etag, displayName, stages } }, () =>
      navigate('/procedures/templates'),
    );
  };
  return (
    <>
      <PageHead
        title={template.displayName}
        back={{ to: '/procedures/templates', label: t('procedures.templates') }}
      />
      <Panel title={t('procedures.stages')}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            save();
          }}
        >
          <div className="field">
            <label htmlFor={id}>{t('procedures.name')}</label>
            <Input
              id={id}
              maxLength={40}
              value={displayName}
              onChange={(event) => setDisplayName(event.target.value)}
            />
          </div>
          {stages.map((stage, i) => (
            <StageFields
              // biome-ignore lint/suspicious/noArrayIndexKey: a stage has no other name
              key={i}
              n={i + 1}
              stage={stage}
              change={(by) => change(i, by)}
              up={i > 0 ? () => up(i) : undefined}
              remove={() => setStages(stages.filter((_, k) => k !== i))}
            />
          ))}
          <Button
            icon={<PlusOutlined aria-hidden />}
            disabled={stages.length >= 12}
            onClick={() =>
              setStages([...stages, create(StageSchema, { kind: Stage_Kind.DELIBERATE })])
            }
          >
            {t('procedures.addStage')}
          </Button>
          <Problem error={act.error} />
          <Button type="primary" htmlType="submit" loading={act.isPending} data-testid="save">
            {t('action.save')}
          </Button>
        </form>
      </Panel>
    </>
  );
}

interface FieldsProps {
  n: number;
  stage: Stage;
  change: (by: Partial<Stage>) => void;
  up: (() => void) | undefined;
  remove: () => void;
}

function StageFields({ n, stage, change, up, remove }: FieldsProps) {
  const { t } = useTranslation();
  const id = useId();
  // Where nothing is decided, no body does.
  const decide = (by: Partial<Stage>) => {
    const { needsMeeting, ballotKind } = { ...stage, ...by };
    change(needsMeeting || ballotKind !== 0 ? by : { ...by, body: 0 });
  };
  return (
    <fieldset className="stage-line">
      <legend>{t('procedures.stage', { n })}</legend>
      <div className="field">
        <label htmlFor={`${id}-name`}>{t('procedures.name')}</label>
        <Input
          id={`${id}-name`}
          maxLength={40}
          value={stage.displayName}
          onChange={(event) => change({ displayName: event.target.value })}
        />
      </div>
      <div className="field">
        <label htmlFor={`${id}-kind`}>{t('procedures.kind')}</label>
        <NativeSelect
          id={`${id}-kind`}
          value={stage.kind}
          onChange={(event) => change({ kind: Number(event.target.value) })}
          choices={[1, 2, 3, 4, 5, 6].map((kind) => ({
            value: kind,
            label: t(`procedures.stageKind.${kind}`),
          }))}
        />
      </div>
      <div className="field">
        <label htmlFor={`${id}-ballot`}>{t('procedures.ballotNeeded')}</label>
        <NativeSelect
          id={`${id}-ballot`}
          value={stage.ballotKind}
          onChange={(event) => decide({ ballotKind: Number(event.target.value) })}
          choices={[0, 1, 2, 3, 4, 5].map((kind) => ({
            value: kind,
            label: kind === 0 ? t('procedures.noBallot') : t(`ballots.kind.${kind}`),
          }))}
        />
      </div>
      <div className="field">
        <label htmlFor={`${id}-meeting`}>{t('procedures.meetingNeeded')}</label>
        <NativeSelect
          id={`${id}-meeting`}
          value={stage.needsMeeting ? 1 : 0}
          onChange={(event) => decide({ needsMeeting: event.target.value === '1' })}
          choices={[0, 1].map((value) => ({ value, label: t(`procedures.needed.${value}`) }))}
        />
      </div>
      {(stage.needsMeeting || stage.ballotKind !== 0) && (
        <div className="field">
          <label htmlFor={`${id}-body`}>{t('procedures.body')}</label>
          <NativeSelect
            id={`${id}-body`}
            value={stage.body}
            onChange={(event) => change({ body: Number(event.target.value) })}
            choices={[
              { value: 0, label: t('procedures.anyBody') },
              ...bodies.map((body) => ({ value: body, label: t(`meetings.body.${body}`) })),
            ]}
          />
        </div>
      )}
      <div className="field">
        <label htmlFor={`${id}-days`}>{t('procedures.days')}</label>
        <Input
          id={`${id}-days`}
          type="number"
          min={0}
          max={60}
          value={stage.publicationDays}
          onChange={(event) => change({ publicationDays: Number(event.target.value) })}
        />
      </div>
      <div className="field form-wide">
        <label htmlFor={`${id}-guidance`}>{t('procedures.guidance')}</label>
        <Input
          id={`${id}-guidance`}
          maxLength={300}
          value={stage.guidance}
          onChange={(event) => change({ guidance: event.target.value })}
        />
      </div>
      <div className="agenda-line-tools">
        <Button
          icon={<ArrowUpOutlined aria-hidden />}
          disabled={!up}
          onClick={up}
          aria-label={t('procedures.moveUp', { n })}
        />
        <Button
          icon={<DeleteOutlined aria-hidden />}
          onClick={remove}
          aria-label={t('procedures.removeStage', { n })}
        />
      </div>
    </fieldset>
  );
}
