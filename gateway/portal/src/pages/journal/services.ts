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

// What lies in another journal than that of the alliance itself, by the plural of its kind.
const homes: Record<string, ServiceId> = {
  facilities: 'resource',
  bookings: 'resource',
  needs: 'resource',
  offers: 'resource',
  matches: 'resource',
  meetings: 'meeting',
};

// The journal that a resource lies in, by its name.
export function homeOf(resource: string): ServiceId {
  for (const part of resource.split('/')) {
    const home = homes[part];
    if (home) return home;
  }
  return 'alliance';
}
