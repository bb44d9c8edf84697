// A mail server for tests (RFC 5321): keeps what it is sent, and answers as it is told. And a
// meeting-svc that sends there.

import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { createServer as createTlsServer, createSecureContext, TLSSocket } from 'node:tls';
import { eventually, openDoor, startService } from './door.mjs';

const CRLF = '\r\n';

export class MailServer {
  // With `certificate` (Authority.issue) it speaks TLS: by STARTTLS, or at once where `atOnce`.
  // With `users` ({name: password}) it takes mail of those alone.
  static async start({ certificate, atOnce = false, users } = {}) {
    const server = new MailServer();
    server.mails = []; // {from, to, data, secure, user}
    server.tries = []; // the recipients that were named, in order
    server.users = users;
    // What a test wants said to a command (`answer('RCPT', line)`): an answer, 'drop' to hang up,
    // a promise of either; undefined: the usual. END stands for the end of the content.
    server.answer = () => undefined;
    server.tls = certificate && { key: readFileSync(certificate.key), cert: readFileSync(certificate.certificate) };
    server.atOnce = atOnce;
    server.sockets = new Set();
    const take = (socket) => server.#converse(socket);
    server.server = atOnce ? createTlsServer(server.tls, take) : createServer(take);
    server.server.on('tlsClientError', () => {});
    await new Promise((resolve) => server.server.listen(0, '127.0.0.1', resolve));
    const { port } = server.server.address();
    server.url = `${atOnce ? 'smtps' : 'smtp'}://127.0.0.1:${port}`;
    return server;
  }

  async end() {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  // The mails to an address, once there are so many.
  async to(address, count = 1, seconds = 30) {
    const found = () => this.mails.filter((mail) => mail.to.includes(address));
    await eventually(() => found().length >= count, seconds);
    return found().map(readMail);
  }

  #converse(socket) {
    const session = { secure: this.atOnce, from: '', to: [], user: '' };
    const line = { text: '', content: false, secret: false };
    const listen = (stream) => {
      this.sockets.add(stream);
      const say = (answer) => stream.writable && stream.write(answer + CRLF);
      let turn = Promise.resolve(); // answers come in the order of the commands
      stream.on('error', () => {});
      stream.on('close', () => this.sockets.delete(stream));
      stream.on('data', (chunk) => {
        line.text += chunk.toString('latin1');
        turn = turn.then(async () => {
          for (let end; (end = this.#endOf(line)) >= 0; ) {
            const text = line.text.slice(0, end);
            line.text = line.text.slice(end + (line.content ? 5 : 2));
            if (await this.#hear(text, { session, line, say, stream, listen })) return;
          }
        });
      });
      return say;
    };
    listen(socket)('220 mail.example ready');
  }

  #endOf({ text, content }) {
    return text.indexOf(content ? `${CRLF}.${CRLF}` : CRLF);
  }

  // True: this stream is heard no more.
  async #hear(text, { session, line, say, stream, listen }) {
    const verb = line.content ? 'END' : line.secret ? 'SECRET' : text.split(' ')[0].toUpperCase();
    if (verb === 'RCPT') this.tries.push(addressOf(text));
    const wanted = await this.answer(verb, text, session);
    if (wanted === 'drop') {
      stream.destroy();
      return true;
    }
    line.content = line.secret = false;
    if (wanted !== undefined) return void say(wanted);
    switch (verb) {
      case 'EHLO': {
        const offers = ['mail.example'];
        if (this.tls && !session.secure) offers.push('STARTTLS');
        if (this.users) offers.push('AUTH PLAIN');
        offers.forEach((offer, i) => say(`250${i < offers.length - 1 ? '-' : ' '}${offer}`));
        return false;
      }
      case 'STARTTLS': {
        if (!this.tls) return void say('502 5.5.1 no TLS here');
        say('220 2.0.0 go on');
        session.secure = true;
        stream.removeAllListeners('data');
        listen(new TLSSocket(stream, { isServer: true, secureContext: createSecureContext(this.tls) }));
        return true;
      }
      case 'AUTH':
        line.secret = true;
        return void say('334 ');
      case 'SECRET': {
        const [, name, password] = Buffer.from(text, 'base64').toString().split('\0');
        if (this.users?.[name] !== password) return void say('535 5.7.8 wrong');
        session.user = name;
        return void say('235 2.7.0 ok');
      }
      case 'MAIL':
        if (this.users && !session.user) return void say('530 5.7.0 authenticate first');
        Object.assign(session, { from: addressOf(text), to: [] });
        return void say('250 2.1.0 ok');
      case 'RCPT':
        session.to.push(addressOf(text));
        return void say('250 2.1.5 ok');
      case 'DATA':
        line.content = true;
        return void say('354 go on');
      case 'END': {
        const { from, to, secure, user } = session;
        this.mails.push({ from, to, secure, user, data: text.replaceAll(`${CRLF}..`, `${CRLF}.`) });
        return void say('250 2.0.0 taken');
      }
      case 'QUIT':
        say('221 2.0.0 bye');
        stream.end();
        return true;
      default:
        return void say('250 2.0.0 ok');
    }
  }
}

const addressOf = (text) => /<([^>]*)>/.exec(text)?.[1] ?? '';

// A mail as its reader sees it: headers by name, subject and text decoded.
export function readMail({ data, ...envelope }) {
  const gap = data.indexOf(CRLF + CRLF);
  const headers = {};
  for (const field of data.slice(0, gap).replaceAll(/\r\n[ \t]+/g, ' ').split(CRLF)) {
    const colon = field.indexOf(':');
    headers[field.slice(0, colon).toLowerCase()] = field.slice(colon + 1).trim();
  }
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  const decode = (base64) => utf8.decode(Buffer.from(base64, 'base64'));
  // Between encoded words white space does not count.
  const subject = headers.subject
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?UTF-8\?B\?([^?]*)\?=/g, (_, word) => decode(word));
  return { ...envelope, headers, subject, text: decode(data.slice(gap + 4)), raw: data };
}

// The code that a mail brings.
export const codeIn = ({ text }) => /\b\d{6}\b/.exec(text)[0];

let serial = 0;

// One more meeting-svc on a suite's database, which sends to `server`, with a gateway before it.
// `authority` is who the server's certificate is of.
export async function openMail(suite, server, { authority, flags = [] } = {}) {
  const socket = `unix:${suite.data}/run/mail${++serial}.sock`;
  const portal = 'https://portal.example';
  const clock = suite.ahead === undefined ? [] : [`--test_clock_file=${suite.data}/clock`];
  const service = await startService(suite, 'meeting', socket, [
    `--smtp_url=${server.url}`,
    '--smtp_from=no-reply@jinhuan.example',
    `--portal_url=${portal}`,
    ...(authority ? [`--smtp_ca_file=${authority.certificate}`] : []),
    ...clock,
    ...flags,
  ]);
  const door = await openDoor(suite, clock, { meeting: socket });
  return {
    http: door.http,
    service,
    portal,
    async end() {
      await door.end();
      await service.end();
    },
  };
}

// A file with a password, for a flag.
export function passwordFile(suite, password) {
  const file = `${suite.data}/smtp${++serial}.password`;
  writeFileSync(file, password);
  return file;
}
