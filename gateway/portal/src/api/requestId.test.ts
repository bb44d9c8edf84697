import { renderHook } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { newRequestId, useRequestId } from './requestId';

afterEach(() => vi.unstubAllGlobals());

describe('request ids', () => {
  it('stay with an intent until it is done or changed', () => {
    const { result } = renderHook(() => useRequestId());
    const first = result.current.idFor({ n: 1n });
    expect(result.current.idFor({ n: 1n })).toBe(first);
    const changed = result.current.idFor({ n: 2n });
    expect(changed).not.toBe(first);
    result.current.done();
    expect(result.current.idFor({ n: 2n })).not.toBe(changed);
  });

  it('need no secure context', () => {
    const getRandomValues = crypto.getRandomValues.bind(crypto);
    vi.stubGlobal('crypto', { getRandomValues });
    expect(newRequestId()).toMatch(/^[0-9a-f]{32}$/);
  });
});
