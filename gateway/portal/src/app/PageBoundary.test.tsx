import { render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { loadAnew, PageBoundary } from './PageBoundary';

afterEach(() => {
  vi.restoreAllMocks();
  sessionStorage.clear();
});

function Broken(): never {
  throw new TypeError('Failed to fetch dynamically imported module');
}

test('a page that fails says so and offers to load again', () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const { rerender } = render(
    <PageBoundary at="/one">
      <Broken />
    </PageBoundary>,
  );
  expect(screen.getByRole('alert').textContent).toMatch(/\S/);
  expect(screen.getByRole('button')).toBeTruthy();
  rerender(<PageBoundary at="/other">another page</PageBoundary>);
  expect(screen.getByText('another page')).toBeTruthy();
});

test('a missing chunk loads the new build, once', async () => {
  vi.stubGlobal('fetch', vi.fn().mockResolvedValue({ ok: true }));
  const reload = vi.fn();
  await loadAnew(sessionStorage, reload);
  await loadAnew(sessionStorage, reload);
  expect(reload).toHaveBeenCalledTimes(1);
});

test('no page is left for a server that does not answer', async () => {
  const reload = vi.fn();
  vi.stubGlobal('fetch', vi.fn().mockRejectedValueOnce(new TypeError('no route')));
  await loadAnew(sessionStorage, reload);
  vi.stubGlobal('fetch', vi.fn().mockResolvedValue({ ok: false }));
  await loadAnew(sessionStorage, reload);
  expect(reload).not.toHaveBeenCalled();
  // The server is back.
  vi.stubGlobal('fetch', vi.fn().mockResolvedValue({ ok: true }));
  await loadAnew(sessionStorage, reload);
  expect(reload).toHaveBeenCalledTimes(1);
});
