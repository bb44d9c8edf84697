// A new secret; the old one may stay good for a while, so that the other system
// can change over without a gap.
import { durationFromMs } from '@bufbuild/protobuf/wkt';
import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { refresh } from '@/api/refresh';
import { useRequestId } from '@/api/requestId';
import { useMutation } from '@/api/useMutation';
import { NativeSelect } from '@/components/NativeSelect';
import { Problem } from '@/components/Problem';
import { Sheet } from '@/components/Sheet';
import {
  type RotateServiceAccountSecretResponse,
  type ServiceAccount,
  UserService,
} from '@/gen/jinhuan/alliance/v1/user_service_pb';
import { Credentials } from './Credentials';

const HOUR = 3_600_000;
// From none to as long as the server allows.
const OVERLAPS = [0, HOUR, 24 * HOUR, 3 * 24 * HOUR, 7 * 24 * HOUR];

interface Props {
  account: ServiceAccount;
  open: boolean;
  onClose: () => void;
}

export function RotateSheet({ account, open, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Sheet open={open} title={t('systems.rotate.title')} onClose={onClose}>
      <RotateForm account={account} onClose={onClose} />
    </Sheet>
  );
}

function RotateForm({ account, onClose }: Omit<Props, 'open'>) {
  const { t } = useTranslation();
  const id = useId();
  const queries = useQueryClient();
  const requestId = useRequestId();
  const [overlap, setOverlap] = useState(24 * HOUR);
  const [given, setGiven] = useState<RotateServiceAccountSecretResponse | null>(null);
  const rotate = useMutation(UserService.method.rotateServiceAccountSecret, {
    onSuccess: (answer) => {
      requestId.done();
      setGiven(answer);
      void refresh(queries, UserService);
    },
  });
  if (given) {
    return (
      <>
        <Credentials clientId={account.clientId} secret={given.clientSecret} />
        <p>{t('systems.rotate.next')}</p>
        <Button block onClick={onClose}>
          {t('action.close')}
        </Button>
      </>
    );
  }
  return (
    <form
      className="reason-form"
      onSubmit={(event) => {
        event.preventDefault();
        const body = { name: account.name, keepOld: durationFromMs(overlap) };
        rotate.mutate({ ...body, requestId: requestId.idFor(body) });
      }}
    >
      <p>{t('systems.rotate.what')}</p>
      <label htmlFor={id}>{t('systems.rotate.overlap')}</label>
      <NativeSelect
        id={id}
        value={overlap}
        choices={OVERLAPS.map((value) => ({
          value,
          label: t(`systems.rotate.keep.${value / HOUR}`),
        }))}
        onChange={(event) => setOverlap(Number(event.target.value))}
        data-testid="overlap"
      />
      {overlap === 0 && <p className="muted">{t('systems.rotate.atOnce')}</p>}
      <Problem error={rotate.error} />
      <Button
        type="primary"
        htmlType="submit"
        block
        loading={rotate.isPending}
        data-testid="confirm-rotate"
      >
        {t('systems.rotate.title')}
      </Button>
    </form>
  );
}
