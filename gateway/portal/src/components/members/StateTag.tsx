import { useTranslation } from 'react-i18next';
import { Member_State } from '@/gen/jinhuan/alliance/v1/alliance_pb';

const looks: Partial<Record<Member_State, string>> = {
  [Member_State.APPLIED]: 'tag tag-applied',
  [Member_State.SUSPENDED]: 'tag tag-applied',
  [Member_State.ACTIVE]: 'tag tag-confirmed',
};

export function StateTag({ state }: { state: Member_State }) {
  const { t } = useTranslation();
  return <span className={looks[state] ?? 'tag'}>{t(`members.state.${state}`)}</span>;
}
