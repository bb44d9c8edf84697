import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { newFake } from '@/test/fake';
import { renderAt } from '@/test/renderAt';

describe('what was typed and is not stored', () => {
  it('is kept unless the reader says that it may go', async () => {
    renderAt('/requests/new', newFake());
    fireEvent.change(await screen.findByTestId('request-title'), { target: { value: 'lamp' } });
    const reload = new Event('beforeunload', { cancelable: true });
    window.dispatchEvent(reload);
    expect(reload.defaultPrevented).toBe(true);

    fireEvent.click(screen.getByTestId('nav-mine'));
    fireEvent.click(await screen.findByText('继续填写'));
    expect(window.location.pathname).toBe('/requests/new');
    expect(screen.getByTestId('request-title')).toHaveValue('lamp');

    fireEvent.click(screen.getByTestId('nav-mine'));
    fireEvent.click(await screen.findByText('不保存，离开'));
    await waitFor(() => expect(window.location.pathname).toBe('/mine'));
  });

  it('holds nobody back where nothing was typed', async () => {
    renderAt('/requests/new', newFake());
    await screen.findByTestId('request-title');
    fireEvent.click(screen.getByTestId('nav-mine'));
    await waitFor(() => expect(window.location.pathname).toBe('/mine'));
  });
});
