import { callUnaryMethod, useQuery, useTransport } from '@connectrpc/connect-query';
import { Button, Checkbox, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { explain } from '@/api/errors';
import { useActOf } from '@/api/useAct';
import { useAlliance } from '@/api/useAlliance';
import { Panel } from '@/components/Panel';
import { Problem } from '@/components/Problem';
import { bytesOf } from '@/components/requests/shrink';
import { useToast } from '@/components/Toast';
import {
  type ProgressReport,
  type Project,
  Project_State,
} from '@/gen/jinhuan/meeting/v1/project_pb';
import { ProjectService } from '@/gen/jinhuan/meeting/v1/project_service_pb';
import { download } from '@/lib/download';
import { dateTime, ms } from '@/lib/time';

export function Reports({ project, leads }: { project: Project; leads: boolean }) {
  const { t } = useTranslation();
  const query = useQuery(
    ProjectService.method.listProgressReports,
    { parent: project.name, pageSize: 100 },
    { refetchInterval: 15_000 },
  );
  const reports = query.data?.reports ?? [];
  return (
    <Panel title={t('projects.reports')}>
      {reports.length === 0 && <p className="muted">{t('projects.noReports')}</p>}
      <ul className="rows">
        {reports.map((report) => (
          <li key={report.name} data-testid="report">
            <Report report={report} />
          </li>
        ))}
      </ul>
      {leads && project.state === Project_State.RUNNING && <ReportForm project={project.name} />}
    </Panel>
  );
}

function Report({ report }: { report: ProgressReport }) {
  const { t, i18n } = useTranslation();
  const { zone } = useAlliance();
  const transport = useTransport();
  const toast = useToast();
  const open = async (index: number) => {
    try {
      const file = await callUnaryMethod(transport, ProjectService.method.getProgressEvidence, {
        name: report.name,
        index,
      });
      download(file.filename, file.contentType, file.content);
    } catch (error) {
      toast({ text: explain(error).text, tone: 'bad' });
    }
  };
  return (
    <div>
      <p className="said">{report.text}</p>
      {report.evidence.map((file, index) => (
        <Button key={file.filename} type="link" onClick={() => open(index)}>
          {file.filename}
        </Button>
      ))}
      <p className="muted">
        {[
          dateTime(ms(report.createTime), zone, i18n.language),
          report.finished && t('projects.asDone'),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
    </div>
  );
}

function ReportForm({ project }: { project: string }) {
  const { t } = useTranslation();
  const id = useId();
  const [text, setText] = useState('');
  const [finished, setFinished] = useState(false);
  const [files, setFiles] = useState<File[]>([]);
  const report = useActOf(ProjectService.method.reportProgress, [ProjectService], () =>
    t(finished ? 'projects.submitted' : 'projects.reported'),
  );
  const send = async () => {
    const evidence = await Promise.all(
      files.map(async (file) => ({
        filename: file.name,
        content: await bytesOf(file),
      })),
    );
    report.send({ name: project, report: { text: text.trim(), finished }, evidence }, () => {
      setText('');
      setFiles([]);
      setFinished(false);
    });
  };
  return (
    <form
      className="reason-form"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <label htmlFor={id}>{t('projects.report')}</label>
      <Input.TextArea
        id={id}
        rows={3}
        value={text}
        maxLength={2000}
        onChange={(event) => setText(event.target.value)}
        data-testid="report-text"
      />
      <label htmlFor={`${id}-files`}>{t('projects.evidence')}</label>
      <input
        id={`${id}-files`}
        type="file"
        multiple
        accept="image/jpeg,image/png,application/pdf"
        onChange={(event) => setFiles([...(event.target.files ?? [])])}
      />
      <Checkbox
        checked={finished}
        onChange={(event) => setFinished(event.target.checked)}
        data-testid="report-finished"
      >
        {t('projects.finished')}
      </Checkbox>
      <Problem error={report.error} />
      <Button
        type="primary"
        htmlType="submit"
        loading={report.isPending}
        disabled={!text.trim()}
        data-testid="report-send"
      >
        {t('projects.reportNow')}
      </Button>
    </form>
  );
}
