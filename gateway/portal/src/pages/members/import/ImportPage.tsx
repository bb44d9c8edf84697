// Takes over a roster: choose a file, see what it would do, let it.
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useWork } from '@/app/session';
import { PageHead } from '@/components/PageHead';
import { Panel } from '@/components/Panel';
import { Problem } from '@/components/Problem';
import {
  ImportExisting,
  type ImportMembersResponse,
} from '@/gen/jinhuan/alliance/v1/member_service_pb';
import NotFoundPage from '../../NotFoundPage';
import { ColumnHelp } from './ColumnHelp';
import { DropBox } from './DropBox';
import { hasDuplicates, Preview } from './Preview';
import type { RosterFile } from './rosterFile';
import { useImport } from './useImport';
import '../members.css';
import './import.css';

export default function ImportPage() {
  const { t } = useTranslation();
  const { isStreet } = useWork();
  const { share, check, take } = useImport();
  const [file, setFile] = useState<RosterFile | null>(null);
  const [existing, setExisting] = useState(ImportExisting.REFUSE);
  const found = useRef<HTMLDivElement>(null);
  const busy = check.isPending || take.isPending;
  // The last answer; a taking that found errors takes the place of the check.
  const answer = take.data ?? check.data;
  // What was found stands below what was asked, where a short screen ends.
  useEffect(() => {
    if (answer) found.current?.scrollIntoView({ block: 'start' });
  }, [answer]);
  if (!isStreet) return <NotFoundPage />;

  const begin = (chosen: RosterFile | null, how: ImportExisting) => {
    setFile(chosen);
    setExisting(how);
    take.reset();
    if (chosen) check.mutate({ file: chosen, existing: how });
    else check.reset();
  };

  return (
    <>
      <PageHead
        title={t('roster.title')}
        sub={t('roster.sub')}
        back={{ to: '/members', label: t('nav.members') }}
      />
      {take.data?.imported ? (
        <Done answer={take.data} again={() => begin(null, existing)} />
      ) : (
        <>
          <Panel title={t('roster.file')}>
            <ColumnHelp />
            <DropBox file={file} disabled={busy} onChoose={(one) => begin(one, existing)} />
            <fieldset className="choice" disabled={busy}>
              <legend>{t('roster.existing')}</legend>
              {([ImportExisting.REFUSE, ImportExisting.UPDATE] as const).map((how) => (
                <label key={how}>
                  <input
                    type="radio"
                    name="existing"
                    checked={existing === how}
                    onChange={() => begin(file, how)}
                    data-testid={`existing-${ImportExisting[how].toLowerCase()}`}
                  />
                  <span>
                    {t(how === ImportExisting.UPDATE ? 'roster.update' : 'roster.refuse')}
                  </span>
                </label>
              ))}
            </fieldset>
          </Panel>
          {file && (
            <div ref={found} className="roster-found">
              <Panel title={t('roster.check')}>
                {busy && <Work share={share} taking={take.isPending} />}
                <Problem error={busy ? null : (take.error ?? check.error)} />
                {answer && !check.isPending && (
                  <>
                    <Preview answer={answer} />
                    <Verdict
                      answer={answer}
                      failed={take.data !== undefined}
                      existing={existing}
                      taking={take.isPending}
                      take={() => take.mutate({ file, existing })}
                    />
                  </>
                )}
                {check.error && !busy && (
                  <Button onClick={() => begin(file, existing)}>{t('action.retry')}</Button>
                )}
              </Panel>
            </div>
          )}
        </>
      )}
    </>
  );
}

// How far it is: the way up is measured, the work at the other end is not.
function Work({ share, taking }: { share: number; taking: boolean }) {
  const { t } = useTranslation();
  const up = share < 1;
  const percent = Math.floor(share * 100);
  return (
    <div className="work-progress">
      <progress
        value={up ? percent : undefined}
        max={100}
        aria-label={t(taking ? 'roster.importing' : 'roster.checking')}
      />
      <p role="status">{up ? t('roster.uploading', { percent }) : t('roster.working')}</p>
    </div>
  );
}

interface VerdictProps {
  answer: ImportMembersResponse;
  failed: boolean;
  existing: ImportExisting;
  taking: boolean;
  take: () => void;
}

function Verdict({ answer, failed, existing, taking, take }: VerdictProps) {
  const { t } = useTranslation();
  if (answer.wrongCount > 0) {
    return (
      <div role="status" className="verdict" data-testid="roster-wrong">
        {failed && <p>{t('roster.notTaken')}</p>}
        <p>{t('roster.fixFirst')}</p>
        {existing !== ImportExisting.UPDATE && hasDuplicates(answer) && (
          <p>{t('roster.tryUpdate')}</p>
        )}
      </div>
    );
  }
  const n = answer.createdCount + answer.updatedCount;
  if (n === 0) {
    return <p role="status">{t(answer.rowCount === 0 ? 'roster.noRows' : 'roster.nothing')}</p>;
  }
  return (
    <div className="verdict">
      <p role="status">{t('roster.ready')}</p>
      <Button type="primary" loading={taking} onClick={take} data-testid="roster-import">
        {t('roster.import', { n })}
      </Button>
    </div>
  );
}

function Done({ answer, again }: { answer: ImportMembersResponse; again: () => void }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('roster.done')}>
      <p role="status" className="lead" data-testid="roster-done">
        {t('roster.doneText', {
          created: answer.createdCount,
          updated: answer.updatedCount,
          unchanged: answer.unchangedCount,
        })}
      </p>
      <div className="form-actions verdict">
        <Link to="/members?order=newest" className="button-link button-primary">
          {t('roster.toMembers')}
        </Link>
        <Button onClick={again}>{t('roster.again')}</Button>
      </div>
    </Panel>
  );
}
