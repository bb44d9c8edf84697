// What fakes have in common: the name of the alliance, and how a server refuses.
import { type Code, ConnectError } from '@connectrpc/connect';
import {
  BadRequestSchema,
  ErrorInfoSchema,
  LocalizedMessageSchema,
} from '@/gen/google/rpc/error_details_pb';

export const ALLIANCE = 'alliances/a1';

export function refusal(code: Code, reason: string, zh: string, field?: string): ConnectError {
  const localizedMessage = { locale: 'zh-CN', message: zh };
  const error = new ConnectError(`en: ${reason}`, code, undefined, [
    { desc: ErrorInfoSchema, value: { reason, domain: 'test' } },
    { desc: LocalizedMessageSchema, value: localizedMessage },
    ...(field
      ? [
          {
            desc: BadRequestSchema,
            value: { fieldViolations: [{ field, description: `en: ${reason}`, localizedMessage }] },
          },
        ]
      : []),
  ]);
  return error;
}
