// Without the street's link: which alliance, by its number.
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { PublicPage } from './PublicPage';

export function ChooseAlliance() {
  const { t } = useTranslation();
  const id = useId();
  const navigate = useNavigate();
  const [alliance, setAlliance] = useState('');
  const wanted = alliance.trim().toLowerCase();
  return (
    <PublicPage title={t('apply.title')} sub={t('apply.which')}>
      <form
        className="panel reason-form"
        onSubmit={(event) => {
          event.preventDefault();
          navigate(`/apply/${encodeURIComponent(wanted)}`);
        }}
      >
        <label htmlFor={id}>{t('apply.alliance')}</label>
        <Input
          id={id}
          value={alliance}
          maxLength={36}
          size="large"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          aria-describedby={`${id}-hint`}
          onChange={(event) => setAlliance(event.target.value)}
          data-testid="alliance"
        />
        <p id={`${id}-hint`} className="muted">
          {t('apply.allianceHint')}
        </p>
        <Button
          type="primary"
          htmlType="submit"
          size="large"
          disabled={!/^[a-z][a-z0-9-]{1,35}$/.test(wanted)}
          data-testid="to-form"
        >
          {t('apply.begin')}
        </Button>
      </form>
      <p className="public-foot">
        <Link to="/apply/status">{t('apply.toStatus')}</Link>
      </p>
    </PublicPage>
  );
}
