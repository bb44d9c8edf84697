// Signing in by an OpenID Connect provider: who is let in, and what is believed.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { request } from '../lib/http.mjs';
import { eventually } from '../lib/door.mjs';
import { newKey, openSignOn, signShared, startLiar, tokenOf, visitProvider } from '../lib/oidc.mjs';
import { Suite } from '../lib/suite.mjs';
import { once } from '../lib/world.mjs';

let suite;
let site;
let door;
let lying; // another site, whose provider lies
before(async () => {
  suite = await Suite.start('sign-on', { clock: true });
  site = await openSignOn(suite);
  ({ door } = site);
  lying = await openSignOn(suite, startLiar);
  lying.provider.now = () => suite.now();
});
after(async () => {
  await lying?.end();
  await site?.end();
  await suite?.end();
});

const call = (method, body, options) =>
  request(`${door.http}/jinhuan.alliance.v1.${method}`, { body, ...options });
const infoOf = ({ json }) => json?.details?.find(({ type }) => type === 'google.rpc.ErrorInfo')?.debug ?? {};
const reasonOf = (answer) => infoOf(answer).reason;
// Why nobody is signed in.
const whyOf = (answer) => {
  const { reason, metadata } = infoOf(answer);
  assert.equal(reason, 'SIGN_ON_FAILED', answer.text);
  return metadata.why;
};

// Begins, goes to the provider as `login` and comes back: what FinishSignOn wants.
async function comeBack(login) {
  const { json } = await call('SignOnService/BeginSignOn', {});
  const back = new URL(await visitProvider(json.authorizationUrl, login));
  assert.equal(`${back.origin}${back.pathname}`, `${door.http}/sign-on`);
  const [code, state] = ['code', 'state'].map((name) => back.searchParams.get(name));
  return { code, state, ticket: json.ticket };
}
const finish = async (login) => call('SignOnService/FinishSignOn', await comeBack(login));

test('what goes to the provider tells it nothing but who asks', async () => {
  const { json } = await call('SignOnService/BeginSignOn', {});
  const { searchParams } = new URL(json.authorizationUrl);
  assert.equal(searchParams.get('response_type'), 'code');
  assert.equal(searchParams.get('scope'), 'openid');
  assert.equal(searchParams.get('code_challenge_method'), 'S256');
  assert.match(searchParams.get('code_challenge'), /^[\w-]{43}$/);
  assert.ok(!json.authorizationUrl.includes(json.ticket));
});

test('an identity that nobody has linked is nobody, also with the login of someone', async () => {
  assert.equal(reasonOf(await finish('stranger')), 'SIGN_ON_NOT_LINKED');
  assert.equal(reasonOf(await finish('staff1')), 'SIGN_ON_NOT_LINKED');
});

test('a person links, signs in, and takes the link away', async () => {
  const staff = await suite.as('staff1');
  const token = staff.token;
  const linked = await call('SignOnService/LinkSignOn', await comeBack('id-of-staff1'), { token });
  assert.deepEqual([linked.status, linked.json.issuer], [200, site.provider.issuer]);

  const signedIn = await finish('id-of-staff1');
  assert.equal(signedIn.status, 200);
  const cookie = signedIn.headers['set-cookie'][0];
  assert.match(cookie, /HttpOnly; SameSite=Strict/);
  const session = await call('AuthService/GetSession', {}, { headers: { cookie: cookie.split(';')[0] } });
  const own = await call('AuthService/GetSession', {}, { token });
  assert.deepEqual(session.json.caller, own.json.caller);

  const other = await suite.as('staff2');
  const taken = await call('SignOnService/LinkSignOn', await comeBack('id-of-staff1'), { token: other.token });
  assert.equal(reasonOf(taken), 'SIGN_ON_TAKEN');

  const unlinked = await call('SignOnService/UnlinkSignOn', { requestId: once() }, { token });
  assert.equal(unlinked.status, 200);
  assert.equal(reasonOf(await call('SignOnService/GetSignOnLink', {}, { token })), 'RESOURCE_NOT_FOUND');
  assert.equal(reasonOf(await finish('id-of-staff1')), 'SIGN_ON_NOT_LINKED');
});

// Who made an account, or reset its password, knows the password for a while: that makes no way
// in that lasts, so the system administrator is not what the account becomes.
test('who knows a first password links nothing', async () => {
  const [system, security] = await Promise.all([suite.as('SYSTEM_ADMIN'), suite.as('SECURITY_ADMIN')]);
  const USERS = 'UserService';
  const [first, own] = ['first-Password-1', 'own-Password-2'];
  const user = { login: 'auditor2', displayName: '审计管理员' };
  const made = await call(`${USERS}/CreateUser`, { user, password: first, requestId: once() }, { token: system.token });
  assert.equal(made.json.mustChangePassword, true, made.text);
  const signIn = async (password) => {
    const answer = await call('AuthService/SignIn', { login: user.login, password, delivery: 'SESSION_DELIVERY_BODY' });
    return answer.json.sessionToken;
  };
  const knowing = await signIn(first);
  const link = async (token) =>
    reasonOf(await call('SignOnService/LinkSignOn', await comeBack('id-of-system'), { token }));
  assert.equal(await link(knowing), 'PASSWORD_CHANGE_REQUIRED');
  const token = await signIn(first);
  const changed = await call(
    'AuthService/ChangePassword',
    { oldPassword: first, newPassword: own, requestId: once() },
    { token },
  );
  assert.equal(changed.status, 200, changed.text);
  const grant = { name: made.json.name, grant: { role: 'ROLE_AUDIT_ADMIN' }, requestId: once() };
  assert.equal((await call(`${USERS}/GrantRole`, grant, { token: security.token })).status, 200);
  assert.equal(await link(knowing), 'SIGN_IN_REQUIRED');
  assert.equal(reasonOf(await finish('id-of-system')), 'SIGN_ON_NOT_LINKED');
  assert.equal(await link(token), undefined);
  assert.equal((await finish('id-of-system')).status, 200);
});

test('who is shut out stays out', async () => {
  const [system, staff] = await Promise.all([suite.as('SYSTEM_ADMIN'), suite.as('staff3')]);
  await call('SignOnService/LinkSignOn', await comeBack('id-of-staff3'), { token: staff.token });
  assert.equal((await finish('id-of-staff3')).status, 200);
  const { caller } = (await call('AuthService/GetSession', {}, { token: staff.token })).json;
  await system.call('alliance.v1.UserService/DisableUser', { name: caller.name, reason: '试验', requestId: once() });
  assert.equal(reasonOf(await finish('id-of-staff3')), 'SIGN_ON_NOT_LINKED');
});

test('code, state and ticket count together, once', async () => {
  const staff = await suite.as('staff2');
  await call('SignOnService/LinkSignOn', await comeBack('id-of-staff2'), { token: staff.token });
  const whyNot = async (body) => whyOf(await call('SignOnService/FinishSignOn', body));
  const [mine, theirs, third] = [await comeBack('id-of-staff2'), await comeBack('id-of-staff2'), await comeBack('id-of-staff2')];
  assert.equal(await whyNot({ ...mine, state: theirs.state }), 'another state');
  assert.equal(await whyNot({ ...mine, ticket: theirs.ticket }), 'another state');
  assert.equal(await whyNot({ ...mine, code: '' }), 'no code');
  assert.equal(await whyNot({}), 'no code');
  assert.equal(await whyNot({ code: mine.code, state: mine.state }), 'another state');
  // Another's code does not belong to this ticket's verifier (PKCE).
  assert.equal(await whyNot({ ...third, code: theirs.code }), 'the code gets 400');
  assert.equal((await call('SignOnService/FinishSignOn', mine)).status, 200);
  assert.equal(await whyNot(mine), 'a ticket that came before');
  assert.equal(await whyNot(third), 'a ticket that came before');
  const linking = await call('SignOnService/LinkSignOn', mine, { token: staff.token });
  assert.equal(whyOf(linking), 'a ticket that came before');
});

test('while an account is refused for wrong passwords, this way is refused too', async () => {
  const staff = await suite.as('staff4');
  await call('SignOnService/LinkSignOn', await comeBack('id-of-staff4'), { token: staff.token });
  for (let i = 0; i < 5; ++i) await call('AuthService/SignIn', { login: 'staff4', password: `wrong ${i}` });
  assert.equal(reasonOf(await finish('id-of-staff4')), 'RATE_LIMITED');
});

test('what was done is in the journal', async () => {
  const audit = await suite.as('audit');
  const own = (await call('AuthService/GetSession', {}, { token: (await suite.as('staff1')).token })).json.caller.name;
  const done = async (resource) => {
    const list = 'alliance.v1.JournalService/ListEntries';
    const { entries } = await audit.call(list, { resource, pageSize: 1000 });
    return entries.filter(({ actor }) => actor === own).map(({ method }) => method.split('/').at(-1));
  };
  assert.deepEqual(await done(`${own}/signOnLink`), ['LinkSignOn', 'UnlinkSignOn']);
  assert.ok((await done(own)).includes('FinishSignOn'));
});

// Begins at the lying provider, which agrees, and comes back.
async function comeBackFromLiar() {
  const { json } = await request(`${lying.door.http}/jinhuan.alliance.v1.SignOnService/BeginSignOn`, { body: {} });
  return { ...lying.provider.authorize(json.authorizationUrl), ticket: json.ticket };
}
const finishAtLiar = async (body) =>
  request(`${lying.door.http}/jinhuan.alliance.v1.SignOnService/FinishSignOn`, { body: body ?? (await comeBackFromLiar()) });

test('a provider that does not answer as one is told, and passwords go on', async () => {
  const { provider } = lying;
  const discovery = '/.well-known/openid-configuration';
  const begin = () => request(`${lying.door.http}/jinhuan.alliance.v1.SignOnService/BeginSignOn`, { body: {} });
  for (const answers of [
    { [discovery]: () => [500, {}] },
    { [discovery]: () => [200, 'no object'] },
    { [discovery]: () => [200, { issuer: 'https://other.example' }] },
    { [discovery]: () => undefined }, // says nothing: 5 s
    { '/keys': () => [404, {}] },
    { '/keys': () => [200, { keys: [], much: 'x'.repeat(300_000) }] },
  ]) {
    provider.answers = answers;
    const begun = await begin();
    assert.deepEqual([begun.status, reasonOf(begun)], [503, 'SIGN_ON_UNREACHABLE']);
    assert.match(begun.text, /统一身份认证服务暂时无法连接/);
  }
  assert.ok(await suite.as('staff1'));
  provider.answers = {};
  assert.equal((await begin()).status, 200);
  // From then on what it says of itself is remembered.
  const asked = provider.asked.length;
  assert.equal((await begin()).status, 200);
  assert.equal(provider.asked.length, asked);

  provider.answers = { '/token': () => [503, {}] };
  assert.equal(reasonOf(await finishAtLiar()), 'SIGN_ON_UNREACHABLE');
  provider.answers = {};
});

test('an ID token that does not prove who came is refused, each for its reason', async () => {
  const { provider } = lying;
  const { honest, key } = provider;
  const stranger = newKey(key.kid);
  const signed = (header, signature) => (claims) => tokenOf({ kid: key.kid, ...header }, claims, signature);
  assert.equal(reasonOf(await finishAtLiar()), 'SIGN_ON_NOT_LINKED'); // the honest one is believed
  for (const [why, tokenFor] of [
    ['another nonce', (claims) => honest({ ...claims, nonce: 'n' })],
    ['another nonce', ({ nonce, ...claims }) => honest(claims)],
    ['for another client', (claims) => honest({ ...claims, aud: 'other' })],
    ['for another client', ({ aud, ...claims }) => honest(claims)],
    ['for another client', (claims) => honest({ ...claims, aud: [claims.aud, 'other'] })],
    ['for another client', (claims) => honest({ ...claims, azp: 'other' })],
    ['another issuer', (claims) => honest({ ...claims, iss: 'https://other.example' })],
    ['expired', (claims) => honest({ ...claims, exp: claims.iat - 61 })],
    ['expired', ({ exp, ...claims }) => honest(claims)],
    ['no subject', ({ sub, ...claims }) => honest(claims)],
    ['signed by none of the keys', signed({ alg: 'RS256' }, stranger.sign)],
    ['signed by none of the keys', (claims) => honest(claims).replace(/\.[^.]+$/, `.${honest({ sub: 'x' }).split('.')[2]}`)],
    ['signed in another way', signed({ alg: 'HS256' }, signShared(key.pem))],
    ['signed in another way', signed({ alg: 'HS256' }, signShared(provider.secret))],
    ['signed in another way', signed({ alg: 'none' }, () => '')],
    ['signed in another way', signed({ alg: 'none' }, key.sign)],
    ['not a signed token', () => ''],
  ]) {
    provider.tokenFor = tokenFor;
    assert.equal(whyOf(await finishAtLiar()), why, `${tokenFor}`);
  }
  provider.tokenFor = honest;
});

test('the keys of the provider may change', async () => {
  const { provider } = lying;
  const next = newKey('k2');
  provider.keys = [next];
  provider.tokenFor = (claims) => tokenOf({ alg: 'RS256', kid: next.kid }, claims, next.sign);
  await eventually(async () => reasonOf(await finishAtLiar()) === 'SIGN_ON_NOT_LINKED');
  // What the old key signed proves nothing any more.
  provider.tokenFor = provider.honest;
  assert.equal(whyOf(await finishAtLiar()), 'signed by none of the keys');
});

test('without a provider there is no button and no way in', async () => {
  const about = await request(`${suite.http}/jinhuan.alliance.v1.SignOnService/GetSignOnProvider`, { body: {} });
  assert.deepEqual([about.status, about.json], [200, {}]);
  const begun = await request(`${suite.http}/jinhuan.alliance.v1.SignOnService/BeginSignOn`, { body: {} });
  assert.equal(reasonOf(begun), 'SIGN_ON_NOT_SET_UP');
});

test('while the provider is away, that is said', async () => {
  const back = await comeBack('id-of-staff2');
  await site.provider.end();
  assert.equal(reasonOf(await call('SignOnService/FinishSignOn', back)), 'SIGN_ON_UNREACHABLE');
  const { login, password } = suite.account('staff1');
  assert.equal((await call('AuthService/SignIn', { login, password })).status, 200);
});

test('who comes back after ten minutes is too late', async () => {
  const back = await comeBackFromLiar();
  suite.advanceTo(suite.now() + 601_000);
  await eventually(async () => (await finishAtLiar({ ...back, code: '-' })).json);
  assert.equal(whyOf(await finishAtLiar(back)), 'too old a ticket');
});
