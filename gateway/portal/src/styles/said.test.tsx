import { create } from '@bufbuild/protobuf';
import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { Panel } from '@/components/Panel';
import { Request_State, RequestSchema } from '@/gen/jinhuan/meeting/v1/request_pb';
import { ALLIANCE, newFake } from '@/test/fake';
import { renderAt } from '@/test/renderAt';
import './base.css';

const lines = (element: Element) => window.getComputedStyle(element).whiteSpace;

it('keeps the lines of a report, and of what was done about it', async () => {
  const fake = newFake();
  fake.requests.push(
    create(RequestSchema, {
      name: `${ALLIANCE}/requests/r1`,
      title: 'request 1',
      description: 'first\nsecond',
      result: 'done\nall',
      state: Request_State.RESOLVED,
    }),
  );
  renderAt('/requests/r1', fake);
  const written = await screen.findByText(/first\s+second/);
  expect(written.textContent).toBe('first\nsecond');
  expect(lines(written)).toBe('pre-line');
  expect(lines(screen.getByTestId('result-shown'))).toBe('pre-line');
});

it('keeps those of a question that titles a panel', () => {
  render(<Panel title={'one\ntwo'}>below</Panel>);
  expect(lines(screen.getByRole('heading', { level: 2 }))).toBe('pre-line');
});
