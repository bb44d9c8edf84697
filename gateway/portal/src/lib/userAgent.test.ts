import { expect, it } from 'vitest';
import { describeAgent } from './userAgent';

it('names the program and not those that it is like', () => {
  const chrome = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0';
  expect(describeAgent(`Mozilla/5.0 (Windows NT 10.0) ${chrome} Safari/537.36 Edg/140.0`)).toBe(
    'Edge · Windows',
  );
  expect(describeAgent(`Mozilla/5.0 (X11; Linux x86_64) ${chrome} Safari/537.36`)).toBe(
    'Chrome · Linux',
  );
  expect(
    describeAgent(
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1',
    ),
  ).toBe('Safari · iOS');
  expect(describeAgent(`Mozilla/5.0 (Linux; Android 15) ${chrome} MicroMessenger/8.0`)).toBe(
    'WeChat · Android',
  );
});

it('says what an unknown program said, and nothing of one that said nothing', () => {
  expect(describeAgent('grpc-node-js/1.14.0')).toBe('gRPC');
  expect(describeAgent(`cadre/${'9'.repeat(100)}`)).toHaveLength(40);
  expect(describeAgent('')).toBe('');
});
