// The password policy in force, for the security administrator to know; the
// installation sets it.
import { useTranslation } from 'react-i18next';
import { usePasswordPolicy } from '@/api/usePasswordPolicy';
import { Facts } from '@/components/Facts';

export function PolicyPanel() {
  const { t } = useTranslation();
  const { policy, text } = usePasswordPolicy();
  if (!policy) return null;
  const known = policy.profile === 'mlps' || policy.profile === 'asvs';
  return (
    <Facts
      title={t('home.policy.title')}
      facts={[
        [t('home.policy.profile'), known ? t(`home.policy.${policy.profile}`) : policy.profile],
        [t('home.policy.minLength'), t('home.policy.characters', { count: policy.minLength })],
        [t('home.policy.minClasses'), t('home.policy.classes', { n: policy.minClasses })],
        [
          t('home.policy.maxAge'),
          policy.maxAgeDays
            ? t('home.policy.days', { count: policy.maxAgeDays })
            : t('home.policy.unlimited'),
        ],
        [
          t('home.policy.history'),
          policy.history
            ? t('home.policy.last', { n: policy.history })
            : t('home.policy.unchecked'),
        ],
        [t('home.policy.said'), text],
      ]}
    >
      <p className="muted panel-foot">{t('home.policy.note')}</p>
    </Facts>
  );
}
