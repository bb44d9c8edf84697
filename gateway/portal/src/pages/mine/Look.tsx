// Language, size and colours, as this browser remembers them.
import { useTranslation } from 'react-i18next';
import { type Prefs, setPrefs, usePrefs } from '@/app/prefs';
import { Panel } from '@/components/Panel';
import { Choice } from './Choice';

export function Look() {
  const { t } = useTranslation();
  const prefs = usePrefs();
  return (
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
  );
}
