// One unit out of all that are active.
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
  // What choosing none means.
  none?: string;
  testId?: string;
  // What the server says of it.
  wrong?: string;
  // Which of them can be chosen; absent: every one.
  offers?: (member: string) => boolean;
}

export function MemberSelect({ value, onChange, missing, wrong, ...rest }: Props) {
  const { label, needed, none, testId = 'member', offers = () => true } = rest;
  const { t } = useTranslation();
  const { alliance } = useWork();
  const id = useId();
  const members = useQuery(MemberService.method.listMembers, {
    parent: alliance,
    state: Member_State.ACTIVE,
    pageSize: 1000,
  });
  const choices = [
    { value: '', label: none ?? t('booking.memberChoose') },
    ...(members.data?.members ?? [])
      .filter((one) => offers(one.name))
      .map((one) => ({ value: one.name, label: one.displayName })),
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
        data-testid={testId}
      />
      {wrong && <p className="field-error">{wrong}</p>}
      {missing && !wrong && <p className="field-error">{t('booking.memberMissing')}</p>}
    </div>
  );
}
