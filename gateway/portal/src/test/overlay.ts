// Two transports as one: what the second serves is asked of it, the rest of the first.
import type { DescService } from '@bufbuild/protobuf';
import type { Transport } from '@connectrpc/connect';

export function overlay(base: Transport, over: Transport, ...services: DescService[]): Transport {
  const names = new Set(services.map((service) => service.typeName));
  const of = (name: string) => (names.has(name) ? over : base);
  return {
    unary: (method, ...rest) => of(method.parent.typeName).unary(method, ...rest),
    stream: (method, ...rest) => of(method.parent.typeName).stream(method, ...rest),
  };
}
