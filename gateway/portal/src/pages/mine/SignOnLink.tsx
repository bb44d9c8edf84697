// The identity at the provider that this account can be signed in with.
import { useQuery } from '@connectrpc/connect-query';
import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { explain } from '@/api/errors';
import { refresh } from '@/api/refresh';
import { useRequestId } from '@/api/requestId';
import { useSignOn } from '@/api/signOn';
import { useMutation } from '@/api/useMutation';
import { Failure } from '@/components/Failure';
import { PageSkeleton } from '@/components/PageSkeleton';
import { Panel } from '@/components/Panel';
import { Problem } from '@/components/Problem';
import { useToast } from '@/components/Toast';
import { SignOnService } from '@/gen/jinhuan/alliance/v1/sign_on_service_pb';
import { DEFAULT_ZONE, dateTime, ms } from '@/lib/time';

export function SignOnLink() {
  const { t, i18n } = useTranslation();
  const toast = useToast();
  const queries = useQueryClient();
  const requestId = useRequestId();
  const provider = useQuery(SignOnService.method.getSignOnProvider);
  const name = provider.data?.displayName;
  const query = useQuery(SignOnService.method.getSignOnLink, {}, { enabled: !!name });
  const signOn = useSignOn('link', '/mine/settings');
  const unlink = useMutation(SignOnService.method.unlinkSignOn, {
    onSuccess: () => {
      requestId.done();
      toast({ text: t('account.signOn.unlinked') });
      void refresh(queries, SignOnService);
    },
  });
  if (!name) return null;
  const missing = !!query.error && explain(query.error).reason === 'RESOURCE_NOT_FOUND';
  const link = missing ? undefined : query.data;

  return (
    <Panel title={name}>
      <p>{t('account.signOn.what', { name })}</p>
      {query.isPending ? (
        <PageSkeleton lines={1} />
      ) : query.error && !missing ? (
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      ) : (
        <p className="muted" data-testid="sign-on-state">
          {link
            ? t('account.signOn.linked', {
                date: dateTime(ms(link.createTime), DEFAULT_ZONE, i18n.language),
              })
            : t('account.signOn.none')}
        </p>
      )}
      <Problem error={signOn.error ?? unlink.error} />
      <div className="panel-foot">
        {link ? (
          <Button
            danger
            loading={unlink.isPending}
            onClick={() => unlink.mutate({ requestId: requestId.idFor('unlink') })}
            data-testid="unlink-sign-on"
          >
            {t('account.signOn.unlink')}
          </Button>
        ) : (
          <Button loading={signOn.isPending} onClick={signOn.go} data-testid="link-sign-on">
            {t('account.signOn.link')}
          </Button>
        )}
      </div>
    </Panel>
  );
}
