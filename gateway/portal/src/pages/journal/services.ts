// The three services, each with a journal of its own.
import { JournalService as AllianceJournal } from '@/gen/jinhuan/alliance/v1/journal_service_pb';
import { JournalService as MeetingJournal } from '@/gen/jinhuan/meeting/v1/journal_service_pb';
import { JournalService as ResourceJournal } from '@/gen/jinhuan/resource/v1/journal_service_pb';

export const journals = {
  alliance: AllianceJournal.method.listEntries,
  resource: ResourceJournal.method.listEntries,
  meeting: MeetingJournal.method.listEntries,
} as const;

export type ServiceId = keyof typeof journals;

export const serviceIds = Object.keys(journals) as ServiceId[];

export const isService = (id: string | undefined): id is ServiceId =>
  !!id && Object.hasOwn(journals, id);
