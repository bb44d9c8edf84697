// Puts each field violation of an error at its field of a form. What belongs
// to no field of it is left to the notice beside the button.
import type { FormInstance } from 'antd';
import { explain, fieldPath } from '@/api/errors';

// True: every violation found its field, so nothing else need be said. `aliases` names
// the field for what the server calls otherwise.
export function placeViolations(
  form: FormInstance,
  error: unknown,
  aliases: Record<string, string> = {},
): boolean {
  const { violations } = explain(error);
  const nameOf = (path: string) => {
    const [first = '', ...rest] = fieldPath(path);
    return [aliases[first] ?? first, ...rest];
  };
  const known = new Set<string | number>(
    Object.keys(form.getFieldsValue(true)).concat(namesOf(form)),
  );
  const placed = violations.filter(({ field }) => known.has(nameOf(field)[0] ?? ''));
  form.setFields(
    placed.map((violation) => ({ name: nameOf(violation.field), errors: [violation.text] })),
  );
  const first = placed[0];
  if (first) form.scrollToField(nameOf(first.field), { focus: true });
  return violations.length > 0 && placed.length === violations.length;
}

// The server's word on a field holds for the value that it saw. antd takes it
// back only from fields with rules of their own.
export function clearErrors(form: FormInstance, changed: object): void {
  form.setFields(Object.keys(changed).map((name) => ({ name, errors: [] })));
}

function namesOf(form: FormInstance): string[] {
  return Object.keys(form.getFieldsValue());
}
