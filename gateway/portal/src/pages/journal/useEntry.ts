// One entry by its number, with what proves it.
import { create, fromBinary } from '@bufbuild/protobuf';
import { useQuery } from '@connectrpc/connect-query';
import { explain } from '@/api/errors';
import { type Entry, EntrySchema } from '@/gen/jinhuan/journal/v1/journal_pb';
import type { Bundle, BundleEntry } from '@/gen/jinhuan/journal/v1/proof_pb';
import { journals, type ServiceId } from './services';

export interface Proven {
  entry: Entry;
  stored: BundleEntry;
  bundle: Bundle;
}

// `data` is null where the journal has no such entry.
export function useEntry(service: ServiceId, number: string) {
  const isNumber = /^[1-9]\d{0,14}$/.test(number);
  const query = useQuery(
    journals[service].exportBundle,
    { firstNumber: isNumber ? BigInt(number) : 0n, pageSize: 1 },
    // An entry never changes, unless it is erased.
    { enabled: isNumber, staleTime: 60_000 },
  );
  const none = !isNumber || (query.error && explain(query.error).reason === 'NUMBER_OUT_OF_RANGE');
  return {
    data: none ? null : query.data && provenOf(query.data),
    error: none ? null : query.error,
    refetch: query.refetch,
  };
}

function provenOf(bundle: Bundle): Proven | null {
  const stored = bundle.entries[0];
  if (!stored) return null;
  const entry = recordOf(stored);
  entry.number = stored.number;
  return { entry, stored, bundle };
}

// Of a record that somebody broke what the index has is left: the page is there to find it out.
function recordOf({ id, alliance, resource, record }: BundleEntry): Entry {
  try {
    return fromBinary(EntrySchema, record);
  } catch {
    return create(EntrySchema, { id, alliance, resource });
  }
}
