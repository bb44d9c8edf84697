// Calls that carry a file: in binary, as base64 would exceed what the gateway
// takes, and with word of how much has gone out, which fetch does not give.
import { type ContextValues, createContextKey, createContextValues } from '@connectrpc/connect';
import { createConnectTransport } from '@connectrpc/connect-web';

// From 0 to 1.
export type Progress = (share: number) => void;

const uploadProgress = createContextKey<Progress | null>(null);

// For the options of a call: makes it an upload.
export function asUpload(progress: Progress): ContextValues {
  return createContextValues().set(uploadProgress, progress);
}

export function progressOf(values: ContextValues | undefined): Progress | null {
  return values?.get(uploadProgress) ?? null;
}

export const makeUploadTransport = (progress: Progress) =>
  createConnectTransport({
    baseUrl: window.location.origin,
    useBinaryFormat: true,
    fetch: (input, init) => send(String(input), init ?? {}, progress),
  });

// What fetch does, for a request with a body. As fetch, it rejects with a
// TypeError when nothing answered.
function send(url: string, init: RequestInit, progress: Progress): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(init.method ?? 'POST', url);
    request.responseType = 'arraybuffer';
    new Headers(init.headers).forEach((value, name) => {
      request.setRequestHeader(name, value);
    });
    request.upload.onprogress = ({ loaded, total }) => progress(total ? loaded / total : 0);
    request.upload.onload = () => progress(1);
    request.onload = () => {
      const { status, statusText } = request;
      resolve(new Response(request.response, { status, statusText, headers: headersOf(request) }));
    };
    request.onerror = () => reject(new TypeError('network'));
    request.onabort = () => reject(new DOMException('aborted', 'AbortError'));
    init.signal?.addEventListener('abort', () => request.abort(), { once: true });
    request.send(init.body as XMLHttpRequestBodyInit);
  });
}

function headersOf(request: XMLHttpRequest): Headers {
  const headers = new Headers();
  for (const line of request.getAllResponseHeaders().trim().split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.append(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  return headers;
}
