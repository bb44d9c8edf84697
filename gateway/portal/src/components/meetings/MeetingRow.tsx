import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Answer, type Meeting, Meeting_State } from '@/gen/jinhuan/meeting/v1/meeting_pb';
import { idOf } from '@/lib/names';
import { clockRange, dayOf, longDate, monthName, ms } from '@/lib/time';
import { bodyOf } from './bodies';
import { isUnheld, spanOf } from './times';

// A meeting in a list: its day as a block, then what, when and where.
export function MeetingRow({ meeting, zone }: { meeting: Meeting; zone: string }) {
  const { t, i18n } = useTranslation();
  const { start, end } = spanOf(meeting);
  const day = dayOf(start, zone);
  const draft = meeting.state === Meeting_State.DRAFT;
  const over = ms(meeting.endTime) <= Date.now();
  const own = meeting.ownInvitation;
  return (
    <div className="meeting-row" data-testid="meeting" data-over={over}>
      <div className="date-block" aria-hidden="true">
        <strong>{Number(day.slice(8))}</strong>
        <span>{monthName(start, zone, i18n.language)}</span>
      </div>
      <div className="meeting-text">
        <h3>
          <Link to={`/meetings/${idOf(meeting.name)}`}>{meeting.title}</Link>
        </h3>
        <p>
          {longDate(start, zone, i18n.language)} <b>{clockRange(start, end, zone)}</b>
        </p>
        <p className="muted">
          {[
            t(`meetings.body.${bodyOf(meeting)}`),
            meeting.location,
            !draft &&
              t('meetings.answeredOf', {
                answered: meeting.answeredCount,
                invited: meeting.invitedCount,
              }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      {draft ? (
        <span className="tag tag-draft">{t('meetings.draft')}</span>
      ) : meeting.state !== Meeting_State.CONVENED ? (
        <span
          className={`tag ${meeting.state === Meeting_State.OPEN ? 'tag-confirmed' : 'tag-over'}`}
        >
          {t(`session.states.${meeting.state}`)}
        </span>
      ) : isUnheld(meeting) ? (
        <span className="tag tag-over">{t('meetings.unheld')}</span>
      ) : (
        own && (
          <span
            className={own.answer === Answer.UNSPECIFIED ? 'tag tag-applied' : 'tag tag-confirmed'}
          >
            {t(`meetings.answer.${own.answer}`)}
          </span>
        )
      )}
    </div>
  );
}
