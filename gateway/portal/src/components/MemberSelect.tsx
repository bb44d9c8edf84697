// For whom the street books: it has no unit of its own.
import { useQuery } from '@connectrpc/connect-query';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useWork } from '@/app/session';
import { NativeSelect } from '@/components/NativeSelect';
import { Member_State } from '@/gen/jinhuan/alliance/v1/alliance_pb';
import { MemberService } from '@/gen/jinhuan/alliance/v1/member_service_pb';

interface Props {
  value: string;
  onChange: (member: string) => void;
  missing?: boolean;
  label?: string;
  needed?: boolean;
  // What the server says of it.
  wrong?: string;
}

export function MemberSelect({ value, onChange, missing, label, needed, wrong }: Props) {
  const { t } = useTranslation();
  const { alliance } = useWork();
  const id = useId();
  const members = useQuery(MemberService.method.listMembers, {
    parent: alliance,
    state: Member_State.ACTIVE,
    pageSize: 1000,
  });
  const choices = [
    { value: '', label: t('booking.memberChoose') },
    ...(members.data?.members ?? []).map((one) => ({ value: one.name, label: one.displayName })),
  ];
  return (
    <div className="field">
      <label htmlFor={id} className={needed ? 'needed' : ''}>
        {label ?? t('booking.member')}
      </label>
      <NativeSelect
        id={id}
        choices={choices}
        value={value}
        aria-required={needed}
        aria-invalid={missing || !!wrong}
        onChange={(event) => onChange(event.target.value)}
        data-testid="member"
      />
      {wrong && <p className="field-error">{wrong}</p>}
      {missing && !wrong && <p className="field-error">{t('booking.memberMissing')}</p>}
    </div>
  );
}
