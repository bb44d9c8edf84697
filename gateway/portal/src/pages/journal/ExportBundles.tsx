// Saves the journal as files that are checked without this server, a thousand entries each.
import { toJsonString } from '@bufbuild/protobuf';
import { callUnaryMethod, useTransport } from '@connectrpc/connect-query';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { explain } from '@/api/errors';
import { useToast } from '@/components/Toast';
import { type Bundle, BundleSchema } from '@/gen/jinhuan/journal/v1/proof_pb';
import { download } from '@/lib/download';
import { journals, type ServiceId } from './services';

// All files of one export are proven against the same size.
const start = { first: 1n, size: 0n };

export function ExportBundles({ service }: { service: ServiceId }) {
  const { t } = useTranslation();
  const transport = useTransport();
  const toast = useToast();
  const [next, setNext] = useState(start);
  const save = useMutation({
    mutationFn: () =>
      callUnaryMethod(transport, journals[service].exportBundle, {
        firstNumber: next.first,
        treeSize: next.size,
        pageSize: 1000,
      }),
    onSuccess: (bundle) => {
      const last = saveBundle(service, bundle);
      const size = bundle.checkpoint?.treeSize ?? 0n;
      const all = last >= size;
      setNext(all ? start : { first: last + 1n, size });
      const numbers = { first: String(next.first), last: String(last), size: String(size) };
      toast({ text: t(all ? 'proof.savedAll' : 'proof.saved', numbers) });
    },
    onError: (error) => toast({ text: explain(error).text, tone: 'bad' }),
  });
  return (
    <button
      type="button"
      className="button-link"
      disabled={save.isPending}
      onClick={() => save.mutate()}
      data-testid="export-bundle"
    >
      {next.first === 1n ? t('proof.export') : t('proof.exportOn', { first: String(next.first) })}
    </button>
  );
}

// Gives the number of the last entry in it.
export function saveBundle(service: ServiceId, bundle: Bundle): bigint {
  const [first, last] = [bundle.entries[0]?.number ?? 0n, bundle.entries.at(-1)?.number ?? 0n];
  const name = `jinhuan-${service}-${first}-${last}.json`;
  const content = new TextEncoder().encode(toJsonString(BundleSchema, bundle));
  download(name, 'application/json', content);
  return last;
}
