// Which coming meeting a topic is for.
import { useQuery } from '@connectrpc/connect-query';
import { useTranslation } from 'react-i18next';
import { useAlliance } from '@/api/useAlliance';
import { useWork } from '@/app/session';
import { NativeSelect } from '@/components/NativeSelect';
import { Meeting_State } from '@/gen/jinhuan/meeting/v1/meeting_pb';
import { MeetingService } from '@/gen/jinhuan/meeting/v1/meeting_service_pb';
import { longDate, ms } from '@/lib/time';

interface Props {
  id?: string;
  // What to say where none is chosen.
  none: string;
  value?: string;
  onChange?: (meeting: string) => void;
}

export function MeetingSelect({ id, none, value = '', onChange }: Props) {
  const { i18n } = useTranslation();
  const { alliance } = useWork();
  const { zone } = useAlliance();
  const query = useQuery(MeetingService.method.listMeetings, { parent: alliance, pageSize: 50 });
  const coming = (query.data?.meetings ?? [])
    .filter((one) => one.state === Meeting_State.DRAFT || one.state === Meeting_State.CONVENED)
    .filter((one) => ms(one.startTime) > Date.now());
  const choices = [
    { value: '', label: none },
    ...coming.map((one) => ({
      value: one.name,
      label: `${longDate(ms(one.startTime), zone, i18n.language)} ${one.title}`,
    })),
  ];
  return (
    <NativeSelect
      id={id}
      choices={choices}
      value={value}
      onChange={(event) => onChange?.(event.target.value)}
      data-testid="topic-meeting"
    />
  );
}
