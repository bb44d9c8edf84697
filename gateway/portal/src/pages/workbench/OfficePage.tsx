// The home of the three administrators, who hold no alliance. Says what each
// office is for; their own pages are still to come, so it links to none.
import { useTranslation } from 'react-i18next';
import { useSession } from '@/app/session';
import { PageHead } from '@/components/PageHead';
import { Panel } from '@/components/Panel';
import { Role } from '@/gen/jinhuan/auth/v1/access_pb';

export default function OfficePage() {
  const { t } = useTranslation();
  const { caller, offices } = useSession();
  return (
    <>
      <PageHead title={t('home.hello', { name: caller.displayName })} />
      {offices.length === 0 && (
        <Panel title={t('home.noRole.title')}>
          <p>{t('home.noRole.text')}</p>
        </Panel>
      )}
      {offices.map((role) => (
        <Panel key={role} title={t(`role.name.${Role[role]}`)}>
          <p className="lead">{t(`home.office.${Role[role]}.does`)}</p>
          <p>{t(`home.office.${Role[role]}.not`)}</p>
          <p className="muted">{t('home.office.soon')}</p>
        </Panel>
      ))}
    </>
  );
}
