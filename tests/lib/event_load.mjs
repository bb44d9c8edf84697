// Many clients of the events at once: plain HTTP, since a client library for each would be
// what is measured.

import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { openPlace, renameFacility } from './world.mjs';

const EACH = 200; // streams of one session and from one address; the gateway bounds connections of an address

// One client, at an address of the loopback, that calls `tell` with the text of each message.
function open(suite, token, localAddress, tell) {
  const message = Buffer.from('{}');
  const call = request(`${suite.http}/jinhuan.gateway.v1.EventService/Watch`, {
    method: 'POST',
    localAddress,
    agent: new Agent({ keepAlive: false }),
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/connect+json' },
  });
  const opened = new Promise((resolve, reject) => {
    call.on('error', reject);
    call.on('response', (response) => {
      if (response.statusCode !== 200) return reject(new Error(`status ${response.statusCode}`));
      let first = true;
      // A chunk is a message, or several.
      response.on('data', (chunk) => {
        if (first) resolve();
        first = false;
        tell(chunk);
      });
      response.on('error', () => {});
    });
  });
  call.end(Buffer.concat([Buffer.from([0, 0, 0, 0, message.length]), message]));
  return { opened, close: () => call.destroy() };
}

// How long `events` changes, one after another, take from their answer to `clients`
// clients, in ms; and how many came to somebody not at all within 10 s.
export async function measure(suite, clients, events) {
  const street = await suite.as('street');
  const { facility } = await openPlace(suite, street);
  const account = suite.account('staff1');
  const tokens = [];
  for (let i = 0; i < clients; i += EACH) tokens.push(await suite.token(account));

  let arrived = []; // when the change came, to each
  const all = [];
  const note = (chunk) => {
    if (chunk.includes(`"${facility}"`)) arrived.push(performance.now());
  };
  for (let i = 0; i < clients; ++i) {
    const group = Math.floor(i / EACH);
    all.push(open(suite, tokens[group], `127.0.0.${2 + group}`, note));
    if (all.length % 50 === 0) await Promise.all(all.map(({ opened }) => opened));
  }
  await Promise.all(all.map(({ opened }) => opened));

  const times = [];
  for (let i = 0; i < events; ++i) {
    arrived = [];
    await renameFacility(street, facility);
    const answered = performance.now();
    while (arrived.length < clients && performance.now() < answered + 10e3) await pause(5);
    times.push(...arrived.map((time) => Math.max(0, time - answered)));
  }
  for (const one of all) one.close();
  times.sort((a, b) => a - b);
  const at = (share) => Math.round(times[Math.ceil(share * times.length) - 1] * 10) / 10;
  return { lost: clients * events - times.length, p50: at(0.5), p99: at(0.99), most: at(1) };
}
