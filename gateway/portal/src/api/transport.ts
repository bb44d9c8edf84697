import { getOption } from '@bufbuild/protobuf';
import type { Transport } from '@connectrpc/connect';
import { createConnectTransport } from '@connectrpc/connect-web';
import { self_proving } from '@/gen/jinhuan/auth/v1/proof_pb';
import { makeUploadTransport, progressOf } from './upload';

// The Connect protocol on the portal's own origin: reads are GET, the session
// is an HttpOnly cookie that no script sees.
function makeConnect(
  useBinaryFormat: boolean,
  credentials: RequestCredentials = 'same-origin',
): Transport {
  return createConnectTransport({
    baseUrl: window.location.origin,
    useBinaryFormat,
    useHttpGet: true,
    // Freshness is the query cache's job, not the browser's.
    fetch: (input, init) => fetch(input, { ...init, credentials, cache: 'no-store' }),
  });
}

export function makeTransport(): Transport {
  const plain = makeConnect(false);
  // Journal entries have resources packed in them; as JSON those could only be
  // read with the schemas of all resources, which only the journal's page has.
  const packed = makeConnect(true);
  // What needs no sign-in because it proves itself goes without the session.
  const nameless = makeConnect(false, 'omit');
  return {
    stream: plain.stream,
    unary(method, signal, timeout, header, message, values) {
      const progress = progressOf(values);
      if (getOption(method, self_proving)) {
        return nameless.unary(method, signal, timeout, header, message, values);
      }
      const whole = method.parent.name === 'JournalService' ? packed : plain;
      const transport = progress ? makeUploadTransport(progress) : whole;
      return transport.unary(method, signal, timeout, header, message, values);
    },
  };
}
