// A unit, found by a part of its name: an alliance has hundreds. Where the reader
// may not list units, it is said by its full name (alliances/…/members/…).
import { useQuery } from '@connectrpc/connect-query';
import { Form, Input } from 'antd';
import { useId, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Member_State } from '@/gen/jinhuan/alliance/v1/alliance_pb';
import { MemberService } from '@/gen/jinhuan/alliance/v1/member_service_pb';

const NAME = /^alliances\/[^/]+\/members\/[^/]+$/;

export interface Units {
  known: string[];
  // The resource name for what was typed; '' when it is no unit.
  nameOf: (typed: string) => string;
}

export function useUnitsOf(alliance: string): Units {
  const query = useQuery(
    MemberService.method.listMembers,
    { parent: alliance, state: Member_State.ACTIVE, pageSize: 1000 },
    { enabled: /^alliances\/[^/]+$/.test(alliance), staleTime: 60_000 },
  );
  const members = query.data?.members;
  return useMemo(() => {
    const names = new Map((members ?? []).map((one) => [one.displayName, one.name]));
    return {
      known: [...names.keys()],
      nameOf: (typed) => names.get(typed.trim()) ?? (NAME.test(typed.trim()) ? typed.trim() : ''),
    };
  }, [members]);
}

export function UnitField({ units }: { units: Units }) {
  const { t } = useTranslation();
  const id = useId();
  const listed = units.known.length > 0;
  return (
    <Form.Item
      name="member"
      label={t('users.unit')}
      extra={t(listed ? 'users.unitHint' : 'users.unitName')}
      rules={[
        {
          validator: async (_, value: string | undefined) => {
            if (!value?.trim()) throw new Error(t('form.needed'));
            if (!units.nameOf(value)) throw new Error(t('users.unitUnknown'));
          },
        },
      ]}
    >
      <UnitInput list={id} units={units.known} />
    </Form.Item>
  );
}

interface InputProps {
  list: string;
  units: string[];
  // From the form.
  id?: string;
  value?: string;
  onChange?: (event: React.ChangeEvent<HTMLInputElement>) => void;
}

function UnitInput({ list, units, ...field }: InputProps) {
  return (
    <>
      <Input {...field} list={list} autoComplete="off" spellCheck={false} data-testid="unit" />
      <datalist id={list}>
        {units.map((unit) => (
          <option key={unit} value={unit} />
        ))}
      </datalist>
    </>
  );
}
