// A message as a list of single values, each under its path: what a table can
// show, and what can be compared with another state of the same resource.
import type { DescField, DescMessage, Message } from '@bufbuild/protobuf';
import { type ReflectMessage, reflect, type ScalarValue } from '@bufbuild/protobuf/reflect';
import { type Any, anyUnpack } from '@bufbuild/protobuf/wkt';
import { registry } from '@/lib/registry';

export type Leaf =
  | { kind: 'text'; text: string }
  | { kind: 'flag'; on: boolean }
  | { kind: 'choice'; name: string }
  | { kind: 'choices'; names: string[] }
  | { kind: 'time'; ms: number }
  | { kind: 'span'; seconds: number }
  | { kind: 'bytes'; length: number };

export type Leaves = Map<string, Leaf>;

// The message that is packed; undefined when its type is not known here, or it is none.
export function unpack(any: Any | undefined): ReflectMessage | undefined {
  const message = any && messageIn(any);
  const schema = message && registry.getMessage(message.$typeName);
  return schema && reflect(schema, message as Message);
}

function messageIn(any: Any) {
  try {
    return anyUnpack(any, registry);
  } catch {
    return undefined;
  }
}

export function leavesOf(message: ReflectMessage | undefined): Leaves {
  const leaves: Leaves = new Map();
  if (message) collect(message, '', leaves);
  return leaves;
}

function collect(message: ReflectMessage, prefix: string, leaves: Leaves): void {
  for (const field of message.fields) {
    if (!message.isSet(field)) continue;
    const path = `${prefix}${field.name}`;
    if (field.fieldKind === 'message') {
      addMessage(message.get(field), path, leaves);
    } else if (field.fieldKind === 'list') {
      addList(message, field, path, leaves);
    } else if (field.fieldKind === 'map') {
      for (const [key, value] of message.get(field)) {
        const at = `${path}[${key}]`;
        if (field.mapKind === 'message') addMessage(value as ReflectMessage, at, leaves);
        else leaves.set(at, scalar(value as ScalarValue));
      }
    } else if (field.fieldKind === 'enum') {
      leaves.set(path, { kind: 'choice', name: choice(field, message.get(field)) });
    } else {
      leaves.set(path, scalar(message.get(field)));
    }
  }
}

function addList(
  message: ReflectMessage,
  field: DescField & { fieldKind: 'list' },
  path: string,
  leaves: Leaves,
): void {
  const values = [...message.get(field)];
  if (field.listKind === 'message') {
    values.forEach((value, i) => {
      addMessage(value as ReflectMessage, `${path}[${i}]`, leaves);
    });
  } else if (field.listKind === 'enum') {
    const names = values.map((value) => choice(field, value as number));
    leaves.set(path, { kind: 'choices', names });
  } else {
    leaves.set(path, { kind: 'text', text: values.map(String).join(', ') });
  }
}

function addMessage(value: ReflectMessage, path: string, leaves: Leaves): void {
  const leaf = wellKnown(value.desc, value.message);
  if (leaf) {
    leaves.set(path, leaf);
    return;
  }
  const inner =
    value.desc.typeName === 'google.protobuf.Any' ? unpack(value.message as Any) : value;
  if (inner) collect(inner, `${path}.`, leaves);
}

// Messages that people know as one value.
function wellKnown({ typeName }: DescMessage, message: Message): Leaf | undefined {
  const part = message as unknown as Record<string, bigint | number>;
  const number = (name: string) => Number(part[name] ?? 0);
  switch (typeName) {
    case 'google.protobuf.Timestamp':
      return { kind: 'time', ms: number('seconds') * 1000 + Math.floor(number('nanos') / 1e6) };
    case 'google.protobuf.Duration':
      return { kind: 'span', seconds: number('seconds') + number('nanos') / 1e9 };
    case 'google.type.Date': {
      const two = (name: string) => String(number(name)).padStart(2, '0');
      return { kind: 'text', text: `${number('year')}-${two('month')}-${two('day')}` };
    }
    default:
      return undefined;
  }
}

function scalar(value: ScalarValue): Leaf {
  if (typeof value === 'boolean') return { kind: 'flag', on: value };
  if (value instanceof Uint8Array) return { kind: 'bytes', length: value.length };
  return { kind: 'text', text: String(value) };
}

// Without the prefix that all values of an enum share; a number that is newer
// than this portal as it is.
function choice(field: { enum?: DescField['enum'] }, number: number): string {
  return field.enum?.value[number]?.localName ?? String(number);
}
