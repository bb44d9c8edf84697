// What an entry says of itself, in the reader's words: methods, resources and
// fields are English in the API. What has no word yet shows as it is.
import type { TFunction } from 'i18next';

// `jinhuan.alliance.v1.UserService/CreateUser` -> "Create account".
export function actionOf(t: TFunction, method: string): string {
  const name = method.slice(method.lastIndexOf('/') + 1);
  const whole = t(`journal.act.${name}`, { defaultValue: '' });
  if (whole) return whole;
  const [, verb = '', noun = ''] = /^([A-Z][a-z]+)(.*)$/.exec(name) ?? [];
  const verbWord = t(`journal.verb.${verb}`, { defaultValue: '' });
  const nounWord = t(`journal.noun.${noun}`, { defaultValue: '' });
  return verbWord && nounWord
    ? t('journal.action', { verb: verbWord, noun: nounWord })
    : name || method;
}

// `alliances/a1/members/m7` -> "Member unit".
export function kindOf(t: TFunction, resource: string): string {
  const parts = resource.split('/');
  // A singleton's name ends with its kind.
  const kind = parts.at(parts.length % 2 === 0 ? -2 : -1) ?? '';
  return t(`journal.kind.${kind}`, { defaultValue: kind });
}

// `grants[0].role` -> "Roles 1 · Role".
export function fieldOf(t: TFunction, path: string): string {
  return path
    .split('.')
    .map((part) => {
      const [, name = part, index] = /^(\w+)(?:\[(\w+)\])?$/.exec(part) ?? [];
      const word = t(`journal.field.${name}`, { defaultValue: name });
      if (index === undefined) return word;
      return `${word} ${/^\d+$/.test(index) ? Number(index) + 1 : index}`;
    })
    .join(' · ');
}
