// What a meeting decided: recorded and changed while it is in session, read ever after.
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { Panel } from '@/components/Panel';
import { Sheet } from '@/components/Sheet';
import { type Meeting, Meeting_State } from '@/gen/jinhuan/meeting/v1/meeting_pb';
import { type Resolution, Resolution_State } from '@/gen/jinhuan/meeting/v1/resolution_pb';
import { dateText } from '@/lib/date';
import { idOf } from '@/lib/names';
import { ResolutionForm } from './ResolutionForm';
import { isIncomplete, useResolutions } from './useResolutions';
import { WithdrawButton } from './WithdrawButton';

const stateTag: Record<Resolution_State, string> = {
  [Resolution_State.UNSPECIFIED]: 'tag-draft',
  [Resolution_State.OPEN]: 'tag-applied',
  [Resolution_State.CARRIED_OUT]: 'tag-confirmed',
  [Resolution_State.STOPPED]: 'tag-draft',
};

export function Resolutions({ meeting, runs }: { meeting: Meeting; runs: boolean }) {
  const { t } = useTranslation();
  const resolutions = useResolutions(meeting.name);
  const [search, setSearch] = useSearchParams();
  const open = meeting.state === Meeting_State.OPEN;
  const changes = open && runs;
  // The one that is changed has an address: closing a meeting leads to it.
  const changed = changes
    ? resolutions.find((one) => idOf(one.name) === search.get('resolution'))
    : undefined;
  const change = (id: string) =>
    setSearch(
      (now) => {
        const next = new URLSearchParams(now);
        if (id) next.set('resolution', id);
        else next.delete('resolution');
        return next;
      },
      { replace: true, preventScrollReset: true },
    );
  if (!open && resolutions.length === 0) return null;
  return (
    <Panel title={t('resolutions.title')}>
      {resolutions.length === 0 && <p className="muted">{t('resolutions.none')}</p>}
      <ul className="rows">
        {resolutions.map((one) => (
          <li key={one.name} className="member-card" data-testid="resolution">
            <Row resolution={one} />
            {changes && (
              <>
                <Button
                  onClick={() => change(idOf(one.name))}
                  aria-label={t('resolutions.changeOf', { title: one.title })}
                  data-testid="resolution-change"
                >
                  {t('resolutions.change')}
                </Button>
                <WithdrawButton resolution={one} />
              </>
            )}
          </li>
        ))}
      </ul>
      {changes && (
        <details className="folded">
          <summary data-testid="resolution-new">{t('resolutions.record')}</summary>
          <ResolutionForm meeting={meeting} />
        </details>
      )}
      <Sheet open={!!changed} title={t('resolutions.change')} onClose={() => change('')}>
        {changed && (
          <ResolutionForm
            key={changed.name}
            meeting={meeting}
            resolution={changed}
            done={() => change('')}
          />
        )}
      </Sheet>
    </Panel>
  );
}

function Row({ resolution }: { resolution: Resolution }) {
  const { t, i18n } = useTranslation();
  const missing = isIncomplete(resolution);
  // The API counts what needs no carrying out as carried out; to a reader that is not the same.
  const [look, said] = missing
    ? ['tag-over', 'incomplete']
    : resolution.toCarryOut
      ? [stateTag[resolution.state], `state.${resolution.state}`]
      : ['tag-draft', 'noneToCarryOut'];
  return (
    <>
      <span>{resolution.title}</span>
      <span className={`tag ${look}`} data-testid="resolution-state">
        {t(`resolutions.${said}`)}
      </span>
      <span className="muted">
        {[
          resolution.leadMemberDisplayName,
          resolution.dueDate &&
            t('projects.due', { day: dateText(resolution.dueDate, i18n.language) }),
        ]
          .filter(Boolean)
          .join(' · ')}{' '}
        {resolution.project && (
          <Link to={`/projects/${idOf(resolution.project)}`}>{t('resolutions.project')}</Link>
        )}
      </span>
    </>
  );
}
