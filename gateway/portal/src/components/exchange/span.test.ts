import { describe, expect, it } from 'vitest';
import { stamp } from '@/lib/time';
import { span } from './span';

const t = ((key: string, { time }: { time: string }) => `${key} ${time}`) as never;
const at = (text: string) => stamp(Date.parse(text));
const of = (startTime?: string, endTime?: string) =>
  span(
    t,
    {
      startTime: startTime ? at(startTime) : undefined,
      endTime: endTime ? at(endTime) : undefined,
    },
    'Asia/Shanghai',
    'en',
  );

describe('when', () => {
  it('names a day once', () => {
    expect(of('2031-05-10T01:00:00Z', '2031-05-10T04:00:00Z')).toMatch(/2031.* 09:00–12:00$/);
  });
  it('names both days where they differ', () => {
    expect(of('2031-05-10T01:00:00Z', '2031-05-11T04:00:00Z')).toMatch(/09:00 – .*12:00$/);
  });
  it('may be open at either end', () => {
    expect(of('2031-05-10T01:00:00Z')).toMatch(/^exchange.from .*09:00$/);
    expect(of(undefined, '2031-05-10T01:00:00Z')).toMatch(/^exchange.until .*09:00$/);
    expect(of()).toBe('');
  });
});
