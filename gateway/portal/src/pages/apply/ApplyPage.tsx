// A unit applies by itself, without an account. Which alliance is in the address
// that the street hands out.
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useNavigate, useParams } from 'react-router';
import { ApplyForm } from './ApplyForm';
import { ChooseAlliance } from './ChooseAlliance';
import { Filed, type FiledApplication, isFiled } from './Filed';
import { PublicPage } from './PublicPage';

export default function ApplyPage() {
  const { t } = useTranslation();
  const { alliance } = useParams();
  const { state, pathname } = useLocation();
  const navigate = useNavigate();

  // Kept by the browser for this page of its history: it survives a reload, and
  // is in no address.
  if (isFiled(state)) return <Filed filed={state} />;
  if (!alliance) return <ChooseAlliance />;
  const filed = (application: FiledApplication) =>
    navigate(pathname, { replace: true, state: application });
  return (
    <PublicPage title={t('apply.title')} sub={t('apply.sub', { alliance })}>
      <ApplyForm alliance={`alliances/${alliance}`} onFiled={filed} />
      <p className="public-foot">
        <Link to="/apply/status">{t('apply.toStatus')}</Link>
      </p>
    </PublicPage>
  );
}
