// An act on a unit: a button, and a sheet that says what it does and asks why.
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ReasonSheet } from '@/components/ReasonSheet';
import type { Member } from '@/gen/jinhuan/alliance/v1/alliance_pb';
import { type Act, isDanger, useAct } from './acts';

interface Props {
  act: Act;
  member: Member;
  primary?: boolean;
}

export function ActButton({ act, member, primary }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const { go, busy, error } = useAct(act, member, () => setOpen(false));
  const name = t(`members.act.${act}.name`);
  return (
    <>
      <Button
        type={primary ? 'primary' : 'default'}
        danger={isDanger(act)}
        onClick={() => setOpen(true)}
        data-testid={`act-${act}`}
      >
        {name}
      </Button>
      <ReasonSheet
        open={open}
        title={`${name} · ${member.displayName}`}
        what={t(`members.act.${act}.does`)}
        initial={act === 'approve' ? t('members.approveReason') : ''}
        confirm={name}
        danger={isDanger(act)}
        busy={busy}
        error={error}
        onConfirm={go}
        onClose={() => setOpen(false)}
      />
    </>
  );
}
