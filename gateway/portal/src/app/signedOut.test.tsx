import { screen, waitFor } from '@testing-library/react';
import { act } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { newFake } from '@/test/fake';
import { renderAt } from '@/test/renderAt';
import { markSignedIn, markSignedOut } from './signedOut';

const assign = vi.hoisted(() => vi.fn());
vi.mock('./signedOutElsewhere', async (original) => ({
  ...(await original<typeof import('./signedOutElsewhere')>()),
  toSignIn: assign,
}));

afterEach(() => {
  act(() => markSignedIn());
  assign.mockClear();
});

it('a tab leaves when the reader has signed out in another one', async () => {
  const { tellSignedOut } = await import('./signedOutElsewhere');
  renderAt('/mine', newFake());
  await screen.findByTestId('nav-mine');
  tellSignedOut();
  await waitFor(() => expect(assign).toHaveBeenCalled());
});

it('a session that has ended can be left, and nothing is asked for meanwhile', async () => {
  const { focusManager } = await import('@tanstack/react-query');
  renderAt('/mine', newFake());
  await screen.findByTestId('nav-mine');
  act(() => markSignedOut());
  expect(focusManager.isFocused()).toBe(false);
  (await screen.findByTestId('to-sign-in')).click();
  expect(assign).toHaveBeenCalled();
  act(() => markSignedIn());
  expect(focusManager.isFocused()).toBe(true);
});
