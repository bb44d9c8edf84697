// The overdue projects that a meeting does not look back at, and why.
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { LeftOut as One } from '@/gen/jinhuan/meeting/v1/meeting_pb';
import { whereOf } from '@/lib/whereOf';

export function LeftOut({ leftOut }: { leftOut: readonly One[] }) {
  const { t } = useTranslation();
  return (
    <>
      <p className="muted">{t('session.leftOutTitle')}</p>
      <ul className="rows">
        {leftOut.map((one) => (
          <li key={one.project} className="member-card" data-testid="left-out">
            <Link to={whereOf(one.project)}>{one.title}</Link>
            <span className="muted">{one.reason}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
