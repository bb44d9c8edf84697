// Which coming meeting a topic is for.
import { useQuery } from '@connectrpc/connect-query';
import { useEffect } from 'react';
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
  // One that was named once and is over, or called off, is named no more.
  const gone = query.isSuccess && value !== '' && !coming.some((one) => one.name === value);
  useEffect(() => {
    if (gone) onChange?.('');
  }, [gone, onChange]);
  return (
    <NativeSelect
      id={id}
      choices={choices}
      value={gone ? '' : value}
      onChange={(event) => onChange?.(event.target.value)}
      data-testid="topic-meeting"
    />
  );
}
