// How an application stands, for who has its receipt.
import { callUnaryMethod, useTransport } from '@connectrpc/connect-query';
import { useMutation } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { StateTag } from '@/components/members/StateTag';
import { Problem } from '@/components/Problem';
import { type Application, MemberService } from '@/gen/jinhuan/alliance/v1/member_service_pb';
import { DEFAULT_ZONE, longDate, ms } from '@/lib/time';
import { isFiled } from './Filed';
import { PublicPage } from './PublicPage';

export default function StatusPage() {
  const { t } = useTranslation();
  const { state } = useLocation();
  const id = useId();
  const transport = useTransport();
  const [receipt, setReceipt] = useState(isFiled(state) ? state.receipt : '');
  const ask = useMutation({
    mutationFn: () =>
      callUnaryMethod(transport, MemberService.method.getApplication, {
        receipt: receipt.trim(),
      }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    ask.mutate();
  };
  return (
    <PublicPage title={t('apply.status')} sub={t('apply.statusSub')}>
      <form className="panel reason-form" onSubmit={submit}>
        <label htmlFor={id}>{t('apply.receipt')}</label>
        <Input
          id={id}
          value={receipt}
          maxLength={200}
          size="large"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          onChange={(event) => setReceipt(event.target.value)}
          data-testid="receipt-input"
        />
        <Problem error={ask.error} />
        <Button
          type="primary"
          htmlType="submit"
          size="large"
          loading={ask.isPending}
          disabled={!receipt.trim()}
          data-testid="ask-status"
        >
          {t('apply.ask')}
        </Button>
      </form>
      <div role="status">{ask.data && <Answer application={ask.data} />}</div>
      <p className="public-foot">
        <Link to="/sign-in">{t('apply.toSignIn')}</Link>
      </p>
    </PublicPage>
  );
}

function Answer({ application }: { application: Application }) {
  const { t, i18n } = useTranslation();
  const { displayName, state, stateReason, createTime } = application;
  return (
    <div className="panel" data-testid="application-status">
      <h2>{displayName}</h2>
      <dl className="facts">
        <div>
          <dt>{t('members.stateLabel')}</dt>
          <dd>
            <StateTag state={state} />
          </dd>
        </div>
        <div>
          <dt>{t('members.applied')}</dt>
          <dd>{longDate(ms(createTime), DEFAULT_ZONE, i18n.language)}</dd>
        </div>
        {stateReason && (
          <div>
            <dt>{t('apply.said')}</dt>
            <dd>{stateReason}</dd>
          </div>
        )}
      </dl>
      <p className="muted">{t(`apply.means.${state}`)}</p>
    </div>
  );
}
