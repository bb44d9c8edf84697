import type { DescFile, DescService } from '@bufbuild/protobuf';
import { MethodOptions_IdempotencyLevel } from '@bufbuild/protobuf/wkt';
import { afterAll, describe, expect, it } from 'vitest';
import { i18n, languages, switchLanguage } from '@/i18n';
import { actionOf } from './words';

const files = import.meta.glob<Record<string, DescService | DescFile>>(
  '@/gen/jinhuan/*/v1/*_service_pb.ts',
  { eager: true },
);
const changing = Object.values(files)
  .flatMap((file) => Object.values(file))
  .filter((one): one is DescService => one?.kind === 'service')
  .flatMap((service) => service.methods)
  .filter(({ idempotency }) => idempotency !== MethodOptions_IdempotencyLevel.NO_SIDE_EFFECTS);

describe('the words of the journal', () => {
  afterAll(() => switchLanguage('zh-CN'));

  it.each(languages)('has one for every method that changes something: %s', async (language) => {
    await switchLanguage(language);
    expect(changing.length).toBeGreaterThan(100);
    expect(
      changing.map(({ name }) => name).filter((name) => actionOf(i18n.t, name) === name),
    ).toEqual([]);
  });
});
