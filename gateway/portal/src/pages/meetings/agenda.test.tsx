import { Code } from '@connectrpc/connect';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { Role } from '@/gen/jinhuan/auth/v1/access_pb';
import { Meeting_State } from '@/gen/jinhuan/meeting/v1/meeting_pb';
import { stamp } from '@/lib/time';
import { ALLIANCE, newFake, refusal } from '@/test/fake';
import { renderAt } from '@/test/renderAt';

const HOUR = 3_600_000;

// An hour from tomorrow, with items of so many minutes.
function meetingOf(...minutes: number[]) {
  const start = Date.now() + 24 * HOUR;
  const fake = newFake();
  fake.role = Role.STREET_ADMIN;
  fake.meetings.push({
    name: `${ALLIANCE}/meetings/m`,
    title: 'meeting',
    state: Meeting_State.CONVENED,
    startTime: stamp(start),
    endTime: stamp(start + HOUR),
    agendaItems: minutes.map((n, i) => ({ id: `i${i}`, title: `item ${i}`, minutes: n })),
  });
  return fake;
}

it('says on the page of a meeting that its agenda is longer, to who can change it', async () => {
  const fake = meetingOf(50, 0, 45);
  renderAt('/meetings/m', fake);
  expect(await screen.findByTestId('agenda-overrun')).toHaveTextContent(/95.*60/);
});

it('says nothing of an agenda that fits, and nothing to who cannot change it', async () => {
  const fits = renderAt('/meetings/m', meetingOf(50, 10));
  await screen.findByText('item 1');
  expect(screen.queryByTestId('agenda-overrun')).not.toBeInTheDocument();
  fits.unmount();
  const fake = meetingOf(50, 45);
  fake.role = Role.STAFF;
  renderAt('/meetings/m', fake);
  await screen.findByText('item 1');
  expect(screen.queryByTestId('agenda-overrun')).not.toBeInTheDocument();
});

it('says so at the form as it is typed, and no more once it fits', async () => {
  renderAt('/meetings/m/edit', meetingOf(50, 10));
  const first = (await screen.findAllByLabelText('分钟'))[0] as HTMLElement;
  expect(screen.queryByTestId('agenda-overrun')).not.toBeInTheDocument();
  fireEvent.change(first, { target: { value: '85' } });
  expect(await screen.findByTestId('agenda-overrun')).toHaveTextContent(/95.*60/);
  fireEvent.change(first, { target: { value: '50' } });
  await waitFor(() => expect(screen.queryByTestId('agenda-overrun')).not.toBeInTheDocument());
});

it('puts what the server says of an item at that item, and drops lines that say nothing', async () => {
  const fake = meetingOf(50, 10);
  fake.meetings[0]?.agendaItems?.splice(1, 0, { id: 'empty' });
  fake.refusal = refusal(
    Code.InvalidArgument,
    'FIELD_INVALID',
    'zh bad item',
    'meeting.agenda_items[1].title',
  );
  renderAt('/meetings/m/edit', fake);
  expect(await screen.findAllByLabelText('分钟')).toHaveLength(3);
  fireEvent.click(screen.getByTestId('meeting-save'));
  const said = await screen.findByText('zh bad item');
  expect(screen.getAllByLabelText('分钟')).toHaveLength(2);
  const line = said.closest('.agenda-line') as HTMLElement;
  expect(within(line).getByDisplayValue('item 1')).toBeInTheDocument();
});
