// The public API over HTTP, as any script would call it: Connect unary calls with
// JSON bodies (POST /package.Service/Method).

// An answer that is not 200: the Connect error with its details taken apart.
export class CallError extends Error {
  constructor(method, status, body) {
    super(`${method}: ${body.code ?? status}: ${body.message ?? ''}`);
    this.method = method;
    this.status = status;
    this.code = body.code;
    const detail = (type) => body.details?.find((d) => d.type === type)?.debug;
    this.reason = detail('google.rpc.ErrorInfo')?.reason;
    this.body = body;
  }
}

// A caller of one gateway; `token` is a session or bearer token, or undefined.
export class Api {
  constructor(http, token) {
    this.http = http;
    this.token = token;
  }

  async call(method, request = {}) {
    const response = await fetch(`${this.http}/jinhuan.${method}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(this.token && { authorization: `Bearer ${this.token}` }),
      },
      body: JSON.stringify(request),
    });
    const text = await response.text();
    let body;
    try {
      body = JSON.parse(text);
    } catch {
      throw new CallError(method, response.status, { message: text.slice(0, 200) });
    }
    if (!response.ok) throw new CallError(method, response.status, body);
    return body;
  }

  // All of a list that comes in pages; `field` is the answer's.
  async list(method, field, request = {}) {
    const items = [];
    let pageToken = '';
    do {
      const page = await this.call(method, { ...request, pageSize: 1000, pageToken });
      items.push(...(page[field] ?? []));
      pageToken = page.nextPageToken;
    } while (pageToken);
    return items;
  }

  // A caller who is signed in with a password.
  async signIn(login, password) {
    const { sessionToken } = await this.call('alliance.v1.AuthService/SignIn', {
      login,
      password,
      delivery: 'SESSION_DELIVERY_BODY',
    });
    return new Api(this.http, sessionToken);
  }

  // A caller that is another system.
  async asSystem(clientId, clientSecret) {
    const { accessToken } = await this.call('alliance.v1.AuthService/IssueToken', {
      clientId,
      clientSecret,
    });
    return new Api(this.http, accessToken);
  }
}

// Runs `work` on every item, at most `width` at a time; results in order.
export async function inParallel(width, items, work) {
  const results = new Array(items.length);
  let next = 0;
  const run = async () => {
    while (next < items.length) {
      const index = next++;
      results[index] = await work(items[index], index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, run));
  return results;
}
