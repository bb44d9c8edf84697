// The supervision notices of a project, and their answers.
import { useQuery } from '@connectrpc/connect-query';
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useActOf } from '@/api/useAct';
import { useAlliance } from '@/api/useAlliance';
import { useWork } from '@/app/session';
import { Panel } from '@/components/Panel';
import { Problem } from '@/components/Problem';
import { goesOn } from '@/components/projects/words';
import type { Project, SupervisionNotice } from '@/gen/jinhuan/meeting/v1/project_pb';
import { ProjectService } from '@/gen/jinhuan/meeting/v1/project_service_pb';
import { dateText } from '@/lib/date';
import { dateTime, ms } from '@/lib/time';

export function Supervision({ project }: { project: Project }) {
  const { t } = useTranslation();
  const { alliance, member, isLiaison, isStreet } = useWork();
  const query = useQuery(
    ProjectService.method.listSupervisionNotices,
    { parent: alliance, project: project.name, pageSize: 100 },
    { refetchInterval: 15_000 },
  );
  const notices = query.data?.supervisionNotices ?? [];
  const answers = isLiaison && member === project.leadMember;
  return (
    <Panel title={t('projects.supervision')}>
      {notices.length === 0 && <p className="muted">{t('projects.noSupervision')}</p>}
      <ul className="rows">
        {notices.map((notice) => (
          <li key={notice.name} data-testid="supervision">
            <Notice notice={notice} answers={answers} />
          </li>
        ))}
      </ul>
      {isStreet && goesOn(project) && <Issue project={project.name} />}
    </Panel>
  );
}

function Notice({ notice, answers }: { notice: SupervisionNotice; answers: boolean }) {
  const { t, i18n } = useTranslation();
  const { zone } = useAlliance();
  const answer = useActOf(ProjectService.method.answerSupervisionNotice, [ProjectService], () =>
    t('projects.answered'),
  );
  return (
    <div>
      <p className="said">{notice.demand}</p>
      <p className="muted">
        {[
          dateTime(ms(notice.issueTime), zone, i18n.language),
          notice.automatic && t('projects.automatic'),
          t('projects.answerBy', { day: dateText(notice.answerDueDate, i18n.language) }),
          notice.late && t('projects.late'),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {notice.answer && <p className="said">{t('projects.answer', { text: notice.answer })}</p>}
      {answers && !notice.answer && (
        <Say
          label={t('projects.toAnswer')}
          send={(text, done) => answer.send({ name: notice.name, answer: text }, done)}
          busy={answer.isPending}
          testId="supervision-answer"
        />
      )}
      <Problem error={answer.error} />
    </div>
  );
}

function Issue({ project }: { project: string }) {
  const { t } = useTranslation();
  const issue = useActOf(ProjectService.method.issueSupervisionNotice, [ProjectService], () =>
    t('projects.issued'),
  );
  return (
    <>
      <Say
        label={t('projects.issue')}
        send={(demand, done) => issue.send({ name: project, demand }, done)}
        busy={issue.isPending}
        testId="supervision-issue"
      />
      <Problem error={issue.error} />
    </>
  );
}

interface SayProps {
  label: string;
  send: (text: string, done: () => void) => void;
  busy: boolean;
  testId: string;
}

function Say({ label, send, busy, testId }: SayProps) {
  const id = useId();
  const [text, setText] = useState('');
  return (
    <form
      className="reason-form"
      onSubmit={(event) => {
        event.preventDefault();
        send(text.trim(), () => setText(''));
      }}
    >
      <label htmlFor={id}>{label}</label>
      <Input.TextArea
        id={id}
        rows={2}
        value={text}
        maxLength={1000}
        onChange={(event) => setText(event.target.value)}
        data-testid={`${testId}-text`}
      />
      <Button htmlType="submit" loading={busy} disabled={!text.trim()} data-testid={testId}>
        {label}
      </Button>
    </form>
  );
}
