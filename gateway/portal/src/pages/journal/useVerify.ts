// Checks an entry in this browser, and remembers what was found good.
import { callUnaryMethod, useTransport } from '@connectrpc/connect-query';
import { useMutation } from '@tanstack/react-query';
import { checkEntry, type Findings, type Held } from '@/lib/proof/check';
import { heldOf, hold } from '@/lib/proof/held';
import { parseCheckpoint } from '@/lib/proof/note';
import { journals, type ServiceId } from './services';
import type { Proven } from './useEntry';

export interface Verdict {
  findings: Findings;
  // The key that the signature was checked by.
  key: string;
  // How many entries the journal had.
  size: number;
}

export function useVerify(service: ServiceId, { stored, bundle }: Proven) {
  const transport = useTransport();
  return useMutation({
    mutationFn: async (): Promise<Verdict> => {
      const { note = '', verifierKey = '' } = bundle.checkpoint ?? {};
      const held = heldOf(service) ?? { key: verifierKey, note: '' };
      const [size, before] = [note, held.note].map((one) => parseCheckpoint(one)?.size ?? 0);
      const proof = await continuation(Number(before), Number(size));
      const findings = await checkEntry(bundle, stored, held, proof);
      if (isSound(findings) && Number(size) >= Number(before)) remember(service, held, note);
      return { findings, key: held.key, size: Number(size) };
    },
  });

  async function continuation(before: number, size: number) {
    if (before === 0 || before === size) return undefined;
    const [from, to] = [Math.min(before, size), Math.max(before, size)];
    const asked = { fromSize: BigInt(from), toSize: BigInt(to) };
    try {
      return await callUnaryMethod(transport, journals[service].getConsistencyProof, asked);
    } catch {
      // A journal that is shorter than it was has no such proof: that is the finding.
      return undefined;
    }
  }
}

export const isSound = ({ signature, entry, history }: Findings): boolean =>
  signature === 'good' && entry === 'good' && (history === 'good' || history === 'first');

const remember = (service: ServiceId, held: Held, note: string) =>
  hold(service, { key: held.key, note });
