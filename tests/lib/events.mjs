// A follower of the events, as the portal or another system is one.

import { EventService } from '../gen/jinhuan/gateway/v1/event_service_pb.js';
import { ConnectError, createClient, explain } from './grpc.mjs';

export class Listener {
  events = [];
  token = '';

  // `filter`: kinds and resources.
  constructor(transport, filter = {}) {
    this.client = createClient(EventService, transport);
    this.filter = filter;
  }

  // Listens until `enough` says so or `signal` cuts it off: then, and where the stream
  // ends, the events so far are kept, and the next call resumes behind them. Gives how the
  // stream ended, or undefined when it was enough.
  async listen(enough, signal = AbortSignal.timeout(30e3)) {
    const request = { ...this.filter, resumeToken: this.token };
    try {
      for await (const message of this.client.watch(request, { signal })) {
        this.events.push(...message.events);
        this.token = message.resumeToken;
        if (enough(this)) return undefined;
      }
    } catch (error) {
      return explain(ConnectError.from(error));
    }
    return { code: 'OK' };
  }

  // Until the first message: from now on nothing is missed.
  start() {
    return this.listen(() => true);
  }

  // Whether each of the resources was told of.
  has = (...names) => names.every((name) => this.events.some(({ resource }) => resource === name));
}

// The events of each service come in the order of its journal, each once.
export function isInOrder(events) {
  const last = {};
  return events.every(({ kind, number }) => {
    const service = kind.slice(0, kind.lastIndexOf('.'));
    const later = number > (last[service] ?? 0n);
    last[service] = number;
    return later;
  });
}
