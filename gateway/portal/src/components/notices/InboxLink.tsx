import { BellOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useUnread } from './useInbox';
import './notices.css';

// The way to the inbox, with how much is in it.
export function InboxLink() {
  const { t } = useTranslation();
  const unread = useUnread();
  const label = unread ? t('notices.unreadOf', { n: unread }) : t('notices.title');
  return (
    <Link
      to="/notices"
      className="tool inbox-link"
      aria-label={label}
      title={label}
      data-testid="inbox"
    >
      <BellOutlined aria-hidden />
      {unread > 0 && (
        <span className="inbox-count" aria-hidden="true">
          {unread > 99 ? '99+' : unread}
        </span>
      )}
    </Link>
  );
}
