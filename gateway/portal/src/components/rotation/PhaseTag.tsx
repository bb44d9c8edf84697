// How firm a term is, told by a sign and a word, never by colour alone.
import {
  CheckOutlined,
  EditOutlined,
  LockOutlined,
  NotificationOutlined,
  StarFilled,
} from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { Phase } from './model';
import './marks.css';

const icons = {
  draft: EditOutlined,
  published: NotificationOutlined,
  frozen: LockOutlined,
  current: StarFilled,
  ended: CheckOutlined,
};

export function PhaseIcon({ phase }: { phase: Phase }) {
  const Icon = icons[phase];
  return <Icon aria-hidden="true" />;
}

export function PhaseTag({ phase }: { phase: Phase }) {
  const { t } = useTranslation();
  return (
    <span className={`tag phase-tag phase-${phase}`} data-phase={phase}>
      <PhaseIcon phase={phase} /> {t(`rotation.phase.${phase}`)}
    </span>
  );
}
