// A number in full, for a reason that stays on record.

import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRequestId } from '@/api/requestId';
import { useMutation } from '@/api/useMutation';
import { ReasonSheet } from '@/components/ReasonSheet';
import { type User, UserService } from '@/gen/jinhuan/alliance/v1/user_service_pb';

export function RevealPhone({ user }: { user: User }) {
  const { t } = useTranslation();
  const requestId = useRequestId();
  const [asking, setAsking] = useState(false);
  // Of the number that was shown masked: another one is masked again.
  const [seen, setSeen] = useState({ masked: '', phone: '' });
  const reveal = useMutation(UserService.method.revealPhone, {
    onSuccess: ({ phone }) => {
      requestId.done();
      setSeen({ masked: user.phone, phone });
      setAsking(false);
    },
  });
  if (seen.masked === user.phone) return <span data-testid="full-phone">{seen.phone}</span>;
  return (
    <>
      {user.phone}{' '}
      <button
        type="button"
        className="link"
        onClick={() => setAsking(true)}
        data-testid="reveal-phone"
      >
        {t('users.reveal')}
      </button>
      <ReasonSheet
        open={asking}
        title={t('users.revealTitle')}
        what={t('users.revealWhat')}
        confirm={t('users.reveal')}
        busy={reveal.isPending}
        error={reveal.error}
        onConfirm={(reason) => {
          const body = { name: user.name, reason };
          reveal.mutate({ ...body, requestId: requestId.idFor(body) });
        }}
        onClose={() => setAsking(false)}
      />
    </>
  );
}
