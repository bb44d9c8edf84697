// What a system signs in with: shown once, to be handed over.
import { useTranslation } from 'react-i18next';
import { SecretOnce } from '@/components/accounts/SecretOnce';

interface Props {
  clientId: string;
  // '' after a repeated answer, which lacks it.
  secret: string;
}

export function Credentials({ clientId, secret }: Props) {
  const { t } = useTranslation();
  if (!secret) return <p className="problem">{t('systems.secretLost')}</p>;
  return (
    <>
      <SecretOnce
        label={t('systems.clientId')}
        secret={clientId}
        copyLabel={t('systems.copyId')}
        note={t('systems.clientIdNote')}
        testId="client-id"
      />
      <SecretOnce
        label={t('systems.secret')}
        secret={secret}
        copyLabel={t('systems.copySecret')}
        note={t('systems.secretOnce')}
        testId="client-secret"
      />
    </>
  );
}
