// A liaison's number: masked, and in full for a minute to who says why.

import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRequestId } from '@/api/requestId';
import { useMutation } from '@/api/useMutation';
import { ReasonSheet } from '@/components/ReasonSheet';
import { UserService } from '@/gen/jinhuan/alliance/v1/user_service_pb';
import { MINUTE } from '@/lib/time';

interface Props {
  // Whose: `alliances/{alliance}/members/{member}`.
  name: string;
  masked: string;
  deputy?: boolean;
  // Whether the reader may ask for the full number.
  may: boolean;
}

export function Phone({ name, masked, deputy = false, may }: Props) {
  const { t } = useTranslation();
  const requestId = useRequestId();
  const [asking, setAsking] = useState(false);
  const [shown, setShown] = useState('');
  const reveal = useMutation(UserService.method.revealPhone, {
    onSuccess: ({ phone }) => {
      requestId.done();
      setAsking(false);
      setShown(phone);
    },
    // Kept nowhere but here.
    gcTime: 0,
  });
  const { reset } = reveal;
  useEffect(() => {
    if (!shown) return;
    const timer = setTimeout(() => {
      setShown('');
      reset();
    }, MINUTE);
    return () => clearTimeout(timer);
  }, [shown, reset]);

  if (!masked) return '–';
  const go = (reason: string) => {
    const body = { name, deputy, reason };
    reveal.mutate({ ...body, requestId: requestId.idFor(body) });
  };
  return (
    <span className="phone">
      <span aria-live="polite" data-testid={deputy ? 'deputy-phone' : 'phone'}>
        {shown ? <a href={`tel:${shown}`}>{shown}</a> : masked}
      </span>
      {shown ? (
        <span className="muted">{t('members.phoneShown')}</span>
      ) : (
        may && (
          <Button
            size="small"
            onClick={() => setAsking(true)}
            data-testid={deputy ? 'reveal-deputy' : 'reveal'}
          >
            {t('members.reveal')}
          </Button>
        )
      )}
      <ReasonSheet
        open={asking}
        title={t('members.reveal')}
        what={t('members.revealDoes')}
        confirm={t('members.reveal')}
        busy={reveal.isPending}
        error={reveal.error}
        onConfirm={go}
        onClose={() => setAsking(false)}
      />
    </span>
  );
}
