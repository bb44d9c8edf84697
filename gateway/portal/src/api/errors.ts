// What an error says, in the reader's language. The server's own zh-CN text is
// shown as it is; English readers get the message.
import { Code, ConnectError } from '@connectrpc/connect';
import {
  type BadRequest_FieldViolation,
  BadRequestSchema,
  ErrorInfoSchema,
  LocalizedMessageSchema,
} from '@/gen/google/rpc/error_details_pb';
import { i18n } from '@/i18n';

export interface Violation {
  // The path in the request, `booking.plate`.
  field: string;
  text: string;
}

export interface Explained {
  text: string;
  // ErrorInfo.reason, or '' when the error did not come from the server.
  reason: string;
  code: Code;
  violations: Violation[];
}

export function explain(error: unknown): Explained {
  const chinese = i18n.language.startsWith('zh');
  const failure = ConnectError.from(error);
  const info = failure.findDetails(ErrorInfoSchema)[0];
  const localized = failure.findDetails(LocalizedMessageSchema)[0];
  const violations = failure
    .findDetails(BadRequestSchema)
    .flatMap((bad) => bad.fieldViolations)
    .map((violation) => ({
      field: violation.field,
      text: violationText(violation),
    }));
  let text = chinese ? (localized?.message ?? '') : failure.rawMessage;
  // No ErrorInfo: the network or a proxy spoke, not the server.
  if (!info && !localized) text = i18n.t(isTransient(error) ? 'error.network' : 'error.unknown');
  return {
    text: text || failure.rawMessage,
    reason: info?.reason ?? '',
    code: failure.code,
    violations,
  };
}

export function violationText(violation: BadRequest_FieldViolation): string {
  const chinese = i18n.language.startsWith('zh');
  return (chinese && violation.localizedMessage?.message) || violation.description;
}

// The session is over. A wrong password has the same code and is another thing.
export function isSignedOut(error: unknown): boolean {
  const failure = ConnectError.from(error);
  if (failure.code !== Code.Unauthenticated) return false;
  return failure.findDetails(ErrorInfoSchema)[0]?.reason !== 'PASSWORD_WRONG';
}

// There is no such thing, or not for this reader: to try again changes nothing.
export function isMissing(error: unknown): boolean {
  const { code, reason } = explain(error);
  return code === Code.NotFound || code === Code.PermissionDenied || reason === 'NAME_INVALID';
}

// Worth trying again with the same request id.
export function isTransient(error: unknown): boolean {
  const { code } = ConnectError.from(error);
  if (code === Code.Unavailable || code === Code.DeadlineExceeded) return true;
  // fetch rejects with a TypeError when nothing answered at all.
  return error instanceof ConnectError && error.cause instanceof TypeError;
}

// `member.liaison_phone` -> `liaisonPhone`: the name of the form's field.
export const fieldName = (path: string) => camelCase(path.slice(path.lastIndexOf('.') + 1));

// The same for what may stand in a list of the form: `meeting.agenda_items[2].title` ->
// `['agendaItems', 2, 'title']`, and `['liaisonPhone']`.
export function fieldPath(path: string): (string | number)[] {
  const [, list, index, rest] = /(?:^|\.)(\w+)\[(\d+)\](?:\.(.+))?$/.exec(path) ?? [];
  if (list === undefined) return [fieldName(path)];
  return [
    camelCase(list),
    Number(index),
    ...(rest ?? '').split('.').filter(Boolean).map(camelCase),
  ];
}

const camelCase = (name: string) =>
  name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
