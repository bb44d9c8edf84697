// What a system may call, ticked from the API's own list, or typed.

import { useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { refresh } from '@/api/refresh';
import { useRequestId } from '@/api/requestId';
import { useMutation } from '@/api/useMutation';
import { Problem } from '@/components/Problem';
import { useToast } from '@/components/Toast';
import {
  type ServiceAccount,
  ServiceAccount_State,
  UserService,
} from '@/gen/jinhuan/alliance/v1/user_service_pb';
import { catalogue, isCovered, otherScopes } from './catalogue';
import { ScopePicker } from './ScopePicker';
import './scopes.css';

const MOST = 50;

export function ScopeList({ scopes }: { scopes: readonly string[] }) {
  const { t } = useTranslation();
  if (scopes.length === 0) return <p>{t('systems.scopes.allNote')}</p>;
  return (
    <ul className="plain">
      {scopes.map((scope) => (
        <li key={scope} className="mono" data-testid="scope-held">
          {scope}
        </li>
      ))}
    </ul>
  );
}

export function Scopes({ account }: { account: ServiceAccount }) {
  const { t } = useTranslation();
  const id = useId();
  const toast = useToast();
  const queries = useQueryClient();
  const requestId = useRequestId();
  const offered = useMemo(catalogue, []);
  const others = otherScopes(account.scopes, offered);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(
    () => new Set(account.scopes.filter((scope) => !others.includes(scope))),
  );
  const [typed, setTyped] = useState(others.join('\n'));
  const scopes = [...new Set([...ticked, ...typed.split(/\s+/).filter(Boolean)])].sort();
  const waiting = account.state === ServiceAccount_State.WAITING;
  const changed = scopes.join(' ') !== [...account.scopes].sort().join(' ');
  const set = useMutation(UserService.method.setServiceAccountScopes, {
    onSuccess: () => {
      requestId.done();
      void refresh(queries, UserService);
      toast({ text: t('form.saved') });
    },
  });
  const tick = (scope: string, on: boolean) => {
    const next = new Set(ticked);
    if (on) next.add(scope);
    else next.delete(scope);
    // What the wider one covers need not be said.
    setTicked(new Set([...next].filter((one) => !isCovered(one, next))));
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const body = { name: account.name, scopes };
        set.mutate({ ...body, requestId: requestId.idFor(body) });
      }}
    >
      <p className="muted">{t('systems.scopes.what')}</p>
      <ScopePicker packages={offered} ticked={ticked} tick={tick} />
      <div className="field">
        <label htmlFor={id}>{t('systems.scopes.other')}</label>
        <Input.TextArea
          id={id}
          rows={2}
          className="mono"
          value={typed}
          spellCheck={false}
          onChange={(event) => setTyped(event.target.value)}
          data-testid="scopes-typed"
        />
      </div>
      <p aria-live="polite" className={scopes.length > MOST ? 'problem' : 'muted'}>
        {scopes.length === 0
          ? t('systems.scopes.allNote')
          : t('systems.scopes.chosen', { n: scopes.length, most: MOST })}
      </p>
      <Problem error={set.error} />
      <Button
        type="primary"
        htmlType="submit"
        loading={set.isPending}
        disabled={(!changed && !waiting) || scopes.length > MOST}
        data-testid="save-scopes"
      >
        {t(waiting ? 'systems.scopes.confirm' : 'action.save')}
      </Button>
    </form>
  );
}
