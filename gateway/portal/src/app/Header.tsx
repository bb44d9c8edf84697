import { BulbOutlined, LogoutOutlined, MoonOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { InboxLink } from '@/components/notices/InboxLink';
import { Ring } from '@/components/Ring';
import { useIsPhone } from '@/lib/media';
import { setPrefs, usePrefs } from './prefs';
import { ScopeSwitch } from './ScopeSwitch';
import { StreamLight } from './StreamLight';
import { useSession } from './session';
import { useSignOut } from './useSignOut';

export function Header() {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const { caller } = useSession();
  const signOut = useSignOut();
  return (
    <header className="top">
      <Link to="/workbench" className="brand">
        <Ring />
        <span className="brand-name">{t('product.name')}</span>
        {!phone && <span className="brand-what">{t('product.what')}</span>}
      </Link>
      {!phone && <ScopeSwitch />}
      <div className="top-tools">
        <StreamLight />
        <InboxLink />
        <Tools />
        {!phone && (
          <>
            <Link to="/mine/settings" className="tool tool-user">
              {caller.displayName}
            </Link>
            <button
              type="button"
              className="tool"
              onClick={signOut}
              aria-label={t('nav.signOut')}
              title={t('nav.signOut')}
              data-testid="sign-out"
            >
              <LogoutOutlined aria-hidden />
            </button>
          </>
        )}
      </div>
    </header>
  );
}

// The three switches that a reader may need before anything else.
export function Tools() {
  const { t } = useTranslation();
  const { dark, elder, language } = usePrefs();
  return (
    <>
      <button
        type="button"
        className="tool tool-framed"
        aria-pressed={elder}
        onClick={() => setPrefs({ elder: !elder })}
        data-testid="toggle-elder"
      >
        {t(elder ? 'prefs.standard' : 'prefs.elder')}
      </button>
      <button
        type="button"
        className="tool"
        onClick={() => setPrefs({ dark: !dark })}
        aria-label={t(dark ? 'prefs.toLight' : 'prefs.toDark')}
        title={t(dark ? 'prefs.toLight' : 'prefs.toDark')}
        data-testid="toggle-dark"
      >
        {dark ? <BulbOutlined aria-hidden /> : <MoonOutlined aria-hidden />}
      </button>
      <button
        type="button"
        className="tool"
        lang={language === 'en' ? 'zh-CN' : 'en'}
        onClick={() => setPrefs({ language: language === 'en' ? 'zh-CN' : 'en' })}
        data-testid="toggle-language"
      >
        {t('prefs.otherLanguage')}
      </button>
    </>
  );
}
