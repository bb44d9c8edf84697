import { act, renderHook } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { canonical, useSavedFilters } from './savedFilters';

describe('saved filters', () => {
  it('have one spelling, without the page', () => {
    const params = new URLSearchParams('sector=finance&page=abc&q=&state=active');
    expect(canonical(params, ['state', 'sector', 'q'])).toBe('sector=finance&state=active');
  });

  it('are kept by the browser, and give way to one of the same name', () => {
    const { result } = renderHook(() => useSavedFilters('things'));
    act(() => result.current.save('mine', 'a=1'));
    act(() => result.current.save('other', 'a=2'));
    act(() => result.current.save('mine', 'a=3'));
    expect(result.current.list).toEqual([
      { name: 'other', search: 'a=2' },
      { name: 'mine', search: 'a=3' },
    ]);
    expect(JSON.parse(localStorage.getItem('jinhuan.filters.things') ?? '')).toHaveLength(2);
    act(() => result.current.remove('other'));
    expect(result.current.list.map((one) => one.name)).toEqual(['mine']);
  });

  it('survive what they did not write', () => {
    localStorage.setItem('jinhuan.filters.odd', '[{"name":1},{"name":"a","search":"b"},null]');
    expect(renderHook(() => useSavedFilters('odd')).result.current.list).toEqual([
      { name: 'a', search: 'b' },
    ]);
    localStorage.setItem('jinhuan.filters.odd', '{');
    expect(renderHook(() => useSavedFilters('odd')).result.current.list).toEqual([]);
  });
});
