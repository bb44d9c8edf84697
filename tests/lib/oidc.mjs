// OpenID Connect providers for tests: another's software (oidc-provider), whose sign-in
// page takes any login; and one that lies.

import { createHash, createHmac, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';
import { openDoor, startService } from './door.mjs';
import { freePort } from './suite.mjs';

const CLIENT = { id: 'jinhuan', secret: 'the-secret-of-jinhuan-at-the-provider' };

// A gateway and an alliance-svc of a suite with which people sign in by a provider that
// `start` starts: startProvider, or startLiar.
export async function openSignOn(suite, start = startProvider) {
  const socket = `unix:${suite.data}/run/${start.name}.sock`;
  const door = await openDoor(suite, ['--sign_in_burst=1000'], { alliance: socket });
  const provider = await start(`${door.http}/sign-on`);
  writeFileSync(`${suite.data}/oidc.secret`, CLIENT.secret);
  const service = await startService(suite, 'alliance', socket, [
    `--oidc_issuer=${provider.issuer}`,
    `--oidc_client_id=${CLIENT.id}`,
    `--oidc_client_secret_file=${suite.data}/oidc.secret`,
    `--oidc_return_url=${door.http}/sign-on`,
    ...(suite.ahead === undefined ? [] : [`--test_clock_file=${suite.data}/clock`]),
  ]);
  return {
    door,
    provider,
    async end() {
      for (const one of [door, service, provider]) await one.end();
    },
  };
}

const ending = (server) => () => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
};

// Another's software. Gives {issuer, end}.
export async function startProvider(returnUrl) {
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: CLIENT.id, client_secret: CLIENT.secret, redirect_uris: [returnUrl] }],
    pkce: { required: () => true, methods: ['S256'] },
    cookies: { keys: ['only for tests'] },
    findAccount: (_, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
  });
  const server = await new Promise((resolve) => {
    const listening = provider.listen(port, '127.0.0.1', () => resolve(listening));
  });
  return { issuer, end: ending(server) };
}

const base64 = (part) => Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url');

// A key of a provider: signs as RS256.
export function newKey(kid) {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    kid,
    jwk: { ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' },
    pem: publicKey.export({ format: 'pem', type: 'spki' }),
    sign: (input) => sign('sha256', Buffer.from(input), privateKey).toString('base64url'),
  };
}

// A token of `claims`, signed as `signature` does what is before it.
export function tokenOf(header, claims, signature) {
  const input = `${base64(header)}.${base64(claims)}`;
  return `${input}.${signature(input)}`;
}

// `input` signed with a secret that both sides have.
export const signShared = (secret) => (input) => createHmac('sha256', secret).update(input).digest('base64url');

// A provider that says what a test wants: `authorize` agrees to the address at once and
// gives code and state; `answers` are its answers by path, `tokenFor` makes the ID token
// of honest claims. Its secret is CLIENT's.
export async function startLiar() {
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  const key = newKey('k1');
  const honest = (claims) => tokenOf({ alg: 'RS256', kid: key.kid }, claims, key.sign);
  const liar = { issuer, key, secret: CLIENT.secret, keys: [key], honest, tokenFor: honest, answers: {}, asked: [] };
  const begun = new Map(); // by code
  liar.authorize = (address) => {
    const asked = new URL(address).searchParams;
    const code = randomUUID();
    begun.set(code, asked);
    return { code, state: asked.get('state') };
  };
  const token = (form) => {
    const asked = begun.get(form.get('code'));
    const challenge = createHash('sha256').update(form.get('code_verifier')).digest('base64url');
    if (asked?.get('code_challenge') !== challenge) return [400, { error: 'invalid_grant' }];
    const now = Math.floor(liar.now() / 1000);
    const claims = { iss: issuer, aud: CLIENT.id, sub: 'someone', nonce: asked.get('nonce'), iat: now, exp: now + 300 };
    return [200, { access_token: 'a', token_type: 'Bearer', id_token: liar.tokenFor(claims) }];
  };
  const paths = {
    '/.well-known/openid-configuration': () => [
      200,
      { issuer, authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/keys` },
    ],
    '/keys': () => [200, { keys: liar.keys.map(({ jwk }) => jwk) }],
    '/token': token,
  };
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    liar.asked.push(request.url);
    const answer = await (liar.answers[request.url] ?? paths[request.url])(new URLSearchParams(body));
    if (!answer) return; // says nothing
    response.writeHead(answer[0], { 'content-type': 'application/json' }).end(JSON.stringify(answer[1]));
  });
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  return Object.assign(liar, { end: ending(server) });
}

// What a browser does at the provider: opens the address, signs in as `login`, agrees, and
// gives the address that it is sent back to.
export async function visitProvider(address, login) {
  const jar = new Map();
  const visit = async (url, form) => {
    const answer = await fetch(url, {
      redirect: 'manual',
      method: form ? 'POST' : 'GET',
      body: form && new URLSearchParams(form),
      headers: { cookie: [...jar].map((pair) => pair.join('=')).join('; ') },
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
      value ? jar.set(name, value) : jar.delete(name);
    }
    return answer;
  };
  let url = address;
  let form;
  for (let step = 0; step < 12; ++step) {
    const answer = await visit(url, form);
    form = undefined;
    const to = answer.headers.get('location');
    if (to) {
      url = new URL(to, url).href;
      if (new URL(url).origin !== new URL(address).origin) return url;
      continue;
    }
    const page = await answer.text();
    const action = /action="([^"]+)"/.exec(page)?.[1];
    const prompt = /name="prompt" value="([^"]+)"/.exec(page)?.[1];
    if (!action) throw new Error(`no form at ${url}:\n${page}`);
    url = new URL(action, url).href;
    form = { prompt, login, password: 'any' };
  }
  throw new Error('the provider goes round in circles');
}
