import type { Transport } from '@connectrpc/connect';
import { createConnectTransport } from '@connectrpc/connect-web';
import { makeUploadTransport, progressOf } from './upload';

// The Connect protocol on the portal's own origin: reads are GET, the session
// is an HttpOnly cookie that no script sees.
export function makeTransport(): Transport {
  const plain = createConnectTransport({
    baseUrl: window.location.origin,
    useHttpGet: true,
    // Freshness is the query cache's job, not the browser's.
    fetch: (input, init) => fetch(input, { ...init, cache: 'no-store' }),
  });
  return {
    stream: plain.stream,
    unary(method, signal, timeout, header, message, values) {
      const progress = progressOf(values);
      const transport = progress ? makeUploadTransport(progress) : plain;
      return transport.unary(method, signal, timeout, header, message, values);
    },
  };
}
