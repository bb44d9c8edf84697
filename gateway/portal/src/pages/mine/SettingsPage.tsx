import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Prefs, setPrefs, usePrefs } from '@/app/prefs';
import { useSession } from '@/app/session';
import { useSignOut } from '@/app/useSignOut';
import { PageHead } from '@/components/PageHead';
import { Panel } from '@/components/Panel';
import { Role } from '@/gen/jinhuan/auth/v1/access_pb';
import { PasswordForm } from './PasswordForm';

export default function SettingsPage() {
  const { t } = useTranslation();
  const { caller, scope } = useSession();
  const prefs = usePrefs();
  const signOut = useSignOut();

  return (
    <>
      <PageHead
        title={t('mine.settings.title')}
        back={scope ? { to: '/mine', label: t('mine.title') } : undefined}
      />
      <div className="columns">
        <Panel title={t('mine.settings.look')}>
          <Choice
            label={t('mine.settings.language')}
            value={prefs.language}
            options={[
              { value: 'zh-CN', label: t('prefs.chinese') },
              { value: 'en', label: t('prefs.english') },
            ]}
            onChange={(language) => setPrefs({ language: language as Prefs['language'] })}
          />
          <Choice
            label={t('mine.settings.size')}
            value={String(prefs.elder)}
            options={[
              { value: 'false', label: t('prefs.standard') },
              { value: 'true', label: t('prefs.elder') },
            ]}
            onChange={(elder) => setPrefs({ elder: elder === 'true' })}
          />
          <Choice
            label={t('mine.settings.theme')}
            value={String(prefs.dark)}
            options={[
              { value: 'false', label: t('prefs.light') },
              { value: 'true', label: t('prefs.dark') },
            ]}
            onChange={(dark) => setPrefs({ dark: dark === 'true' })}
          />
        </Panel>
        <Panel title={t('mine.settings.account')}>
          <dl className="facts">
            <dt>{t('mine.settings.name')}</dt>
            <dd>{caller.displayName}</dd>
            <dt>{t('mine.settings.roles')}</dt>
            <dd>
              <ul className="plain">
                {caller.grants.map((grant) => (
                  <li key={`${grant.role} ${grant.alliance} ${grant.member}`}>
                    {[t(`role.name.${Role[grant.role]}`), grant.memberDisplayName]
                      .filter(Boolean)
                      .join(' · ')}
                  </li>
                ))}
              </ul>
            </dd>
          </dl>
          <Button onClick={signOut} data-testid="settings-sign-out">
            {t('nav.signOut')}
          </Button>
        </Panel>
        <Panel title={t('mine.settings.password')}>
          <PasswordForm />
        </Panel>
      </div>
    </>
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  options: { value: string; label: string }[];
  onChange: (value: string) => void;
}

function Choice({ label, value, options, onChange }: ChoiceProps) {
  return (
    <fieldset className="choice">
      <legend>{label}</legend>
      {options.map((option) => (
        <label key={option.value}>
          <input
            type="radio"
            name={label}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
