import { fireEvent, render, screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { ReasonSheet } from './ReasonSheet';
import '@/i18n';

it('sends no form that it is asked from', async () => {
  const [around, confirmed] = [vi.fn(), vi.fn()];
  render(
    <form onSubmit={around}>
      <ReasonSheet
        open
        title="移出议程"
        what="试验"
        confirm="移出"
        busy={false}
        error={null}
        onConfirm={confirmed}
        onClose={() => undefined}
      />
    </form>,
  );
  fireEvent.change(await screen.findByTestId('reason'), { target: { value: '已约定下月研究' } });
  fireEvent.click(screen.getByTestId('confirm-reason'));
  expect(confirmed).toHaveBeenCalledWith('已约定下月研究');
  expect(around).not.toHaveBeenCalled();
});
