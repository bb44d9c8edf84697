// Accepting what was reported as done, and rating it.
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useActOf } from '@/api/useAct';
import { useWork } from '@/app/session';
import { NativeSelect } from '@/components/NativeSelect';
import { Panel } from '@/components/Panel';
import { Problem } from '@/components/Problem';
import { judges, rates } from '@/components/projects/words';
import { ReasonSheet } from '@/components/ReasonSheet';
import { type Project, Project_State } from '@/gen/jinhuan/meeting/v1/project_pb';
import { ProjectService } from '@/gen/jinhuan/meeting/v1/project_service_pb';

export function Verdict({ project }: { project: Project }) {
  const work = useWork();
  if (project.state === Project_State.SUBMITTED) {
    return judges(work, project) ? <Accept project={project} /> : null;
  }
  const waits = project.state === Project_State.ACCEPTED && !project.rating;
  return waits && rates(work, project) ? <Rate project={project} /> : null;
}

function Accept({ project }: { project: Project }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const judge = useActOf(ProjectService.method.acceptProject, [ProjectService], (after) =>
    t(after.state === Project_State.ACCEPTED ? 'projects.accepted' : 'projects.sentBack'),
  );
  return (
    <Panel title={t('projects.judge')}>
      {project.standard && <p>{t('projects.against', { standard: project.standard })}</p>}
      <p className="answer-now">
        <Button
          type="primary"
          loading={judge.isPending}
          onClick={() => judge.send({ name: project.name })}
          data-testid="project-accept"
        >
          {t('projects.accept')}
        </Button>
        <Button onClick={() => setAsking(true)} data-testid="project-send-back">
          {t('projects.sendBack')}
        </Button>
      </p>
      <Problem error={asking ? null : judge.error} />
      <ReasonSheet
        open={asking}
        title={t('projects.sendBack')}
        what={t('projects.sendBackWhat')}
        confirm={t('projects.sendBack')}
        busy={judge.isPending}
        error={judge.error}
        onClose={() => setAsking(false)}
        onConfirm={(note) =>
          judge.send({ name: project.name, sendBack: true, note }, () => setAsking(false))
        }
      />
    </Panel>
  );
}

function Rate({ project }: { project: Project }) {
  const { t } = useTranslation();
  const [rating, setRating] = useState('5');
  const rate = useActOf(ProjectService.method.rateProject, [ProjectService], () =>
    t('projects.rated'),
  );
  return (
    <Panel title={t('projects.rate')}>
      <p className="answer-now">
        <NativeSelect
          value={rating}
          aria-label={t('projects.rate')}
          choices={[5, 4, 3, 2, 1].map((value) => ({
            value,
            label: t('projects.stars', { n: value }),
          }))}
          onChange={(event) => setRating(event.target.value)}
        />
        <Button
          type="primary"
          loading={rate.isPending}
          onClick={() => rate.send({ name: project.name, rating: Number(rating) })}
          data-testid="project-rate"
        >
          {t('projects.rate')}
        </Button>
      </p>
      <Problem error={rate.error} />
    </Panel>
  );
}
