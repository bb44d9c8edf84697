// grpc-web in Chromium, from a page of another site: so every call asks first (CORS).

import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { launch } from '../../../lib/browser.mjs';
import { CODES, detailsIn, Metadata, METHODS, pathOf, RequestSchema, ResponseSchema } from '../call.mjs';

const here = new URL('.', import.meta.url);
const FILES = {
  '/': [new URL('grpc_web_page.html', here), 'text/html'],
  '/grpc-web.js': [new URL('../../../node_modules/grpc-web/index.esm.js', here), 'text/javascript'],
};

// The site of the page; its origin must be known before the gateway starts.
export async function startSite() {
  const server = createServer((request, response) => {
    const [file, type] = FILES[request.url] ?? [];
    if (!file) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': type }).end(readFileSync(file));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { origin: `http://127.0.0.1:${server.address().port}`, end: () => server.close() };
}

export async function grpcWebClients(site, { http }) {
  const browser = await launch();
  const page = await browser.newPage();
  await page.goto(site.origin);
  await page.waitForFunction(() => window.call !== undefined);
  const waiting = new Map(); // by label
  await page.exposeFunction('arrived', (label) => waiting.get(label)());
  const client = (format) => ({
    name: `grpc-web: ${format}`,
    // It hands out the messages of a binary answer at its end.
    kinds: format === 'text' ? ['unary', 'server-stream'] : ['unary'],
    anyMethod: true,
    can: new Set(['cancel', 'deadline', 'large', 'binary']),
    call: async (described) => {
      waiting.set(described.label, described.arrived);
      return outcomeOf(await page.evaluate((wanted) => window.call(wanted), wantedOf(http, format, described)));
    },
    end: () => browser.close(),
  });
  return [client('binary'), client('text')];
}

function wantedOf(http, format, { kind, method, messages, headers = [], timeoutMs, cancel, label }) {
  const name = method ? method[0].toUpperCase() + method.slice(1) : METHODS[kind];
  return {
    url: http + pathOf(name),
    stream: kind === 'server-stream',
    format,
    message: Buffer.from(toBinary(RequestSchema, messages[0])).toString('base64'),
    metadata: metadataOf(headers),
    timeoutMs,
    cancel,
    label,
  };
}

// An object has a name once; HTTP joins the values of a name with commas.
function metadataOf(headers) {
  const metadata = {};
  for (const [name, value] of headers) metadata[name] = name in metadata ? `${metadata[name]}, ${value}` : value;
  return metadata;
}

function outcomeOf({ headers, trailers, messages, status }) {
  const outcome = {
    headers: Metadata.of(Object.entries(headers)),
    trailers: Metadata.of(Object.entries(trailers)),
    messages: messages.map((message) => fromBinary(ResponseSchema, Buffer.from(message, 'base64'))),
  };
  if (status.code !== 0) {
    outcome.error = {
      code: CODES[status.code],
      message: status.message,
      details: detailsIn(Buffer.from(trailers['grpc-status-details-bin'] ?? '', 'base64')),
    };
  }
  return outcome;
}
