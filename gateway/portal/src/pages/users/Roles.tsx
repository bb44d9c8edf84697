// What an account may be: the security administrator gives and takes it.

import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { refresh } from '@/api/refresh';
import { useRequestId } from '@/api/requestId';
import { useMutation } from '@/api/useMutation';
import { RoleList } from '@/components/accounts/RoleList';
import { grantable } from '@/components/accounts/roles';
import { Panel } from '@/components/Panel';
import { Problem } from '@/components/Problem';
import { useToast } from '@/components/Toast';
import { type User, UserService } from '@/gen/jinhuan/alliance/v1/user_service_pb';
import type { Role } from '@/gen/jinhuan/auth/v1/access_pb';
import type { Grant } from '@/gen/jinhuan/auth/v1/caller_pb';
import { GrantSheet } from './GrantSheet';

const isGrantable = (role: Role) => grantable.some((one) => one === role);

export function Roles({ user }: { user: User }) {
  const { t } = useTranslation();
  const toast = useToast();
  const queries = useQueryClient();
  const requestId = useRequestId();
  const [granting, setGranting] = useState(false);
  const grant = useMutation(UserService.method.grantRole);
  const revoke = useMutation(UserService.method.revokeRole, {
    onSuccess: (_, asked) => {
      requestId.done();
      void refresh(queries, UserService);
      toast({
        text: t('users.roles.revoked'),
        action: { label: t('action.undo'), run: () => giveBack(asked.grant as Grant) },
      });
    },
  });
  const body = ({ role, alliance, member }: Grant) => ({
    name: user.name,
    grant: { role, alliance, member },
  });
  const giveBack = (taken: Grant) => {
    const asked = body(taken);
    grant.mutate(
      { ...asked, requestId: requestId.idFor(asked) },
      {
        onSuccess: () => {
          requestId.done();
          void refresh(queries, UserService);
        },
      },
    );
  };
  return (
    <Panel title={t('users.roles.title')}>
      <RoleList
        grants={user.grants}
        action={(held) =>
          // The chair's rights come and go with the term.
          isGrantable(held.role) && (
            <Button
              loading={revoke.isPending}
              onClick={() => {
                const asked = body(held);
                revoke.mutate({ ...asked, requestId: requestId.idFor(asked) });
              }}
              data-testid="revoke-role"
            >
              {t('users.roles.revoke')}
            </Button>
          )
        }
      />
      <Problem error={revoke.error ?? grant.error} />
      <div className="panel-foot">
        <Button type="primary" onClick={() => setGranting(true)} data-testid="grant-role">
          {t('users.roles.grant')}
        </Button>
      </div>
      <p className="muted">{t('users.roles.rule')}</p>
      <GrantSheet user={user} open={granting} onClose={() => setGranting(false)} />
    </Panel>
  );
}
