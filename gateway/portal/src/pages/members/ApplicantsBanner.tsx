// How many applications wait, and the way to them.
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useTodos } from '../workbench/useTodos';

export function ApplicantsBanner() {
  const { t } = useTranslation();
  const { applicantCount } = useTodos();
  if (applicantCount === 0) return null;
  return (
    <p className="banner banner-link">
      <span>{t('members.applicants', { n: applicantCount })}</span>
      <Link to="/members/applications" data-testid="applications">
        {t('members.toApplicants')}
      </Link>
    </p>
  );
}
