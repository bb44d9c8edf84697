// The three services, each with a journal of its own.
import { JournalService as AllianceJournal } from '@/gen/jinhuan/alliance/v1/journal_service_pb';
import { JournalService as MeetingJournal } from '@/gen/jinhuan/meeting/v1/journal_service_pb';
import { JournalService as ResourceJournal } from '@/gen/jinhuan/resource/v1/journal_service_pb';

export const journals = {
  alliance: AllianceJournal.method,
  resource: ResourceJournal.method,
  meeting: MeetingJournal.method,
} as const;

export type ServiceId = keyof typeof journals;

export const serviceIds = Object.keys(journals) as ServiceId[];

export const isService = (id: string | undefined): id is ServiceId =>
  !!id && Object.hasOwn(journals, id);

// What lies in another journal than that of alliances and accounts themselves.
const collections = {
  resource: 'facilities bookings passes needs offers matches ledgerEntries',
  meeting:
    'meetings meetingTemplates procedures procedureTemplates topics resolutions projects ' +
    'requests dispatchTable handovers mailSettings notices',
} as const;
const homes = new Map<string, ServiceId>(
  (['resource', 'meeting'] as const).flatMap((service) =>
    collections[service].split(' ').map((collection) => [collection, service] as const),
  ),
);

// The journal that a resource lies in, by its name: `alliances/a/topics/t`.
export const homeOf = (resource: string): ServiceId =>
  homes.get(resource.split('/')[2] ?? '') ?? 'alliance';
