import { create } from '@bufbuild/protobuf';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { Role } from '@/gen/jinhuan/auth/v1/access_pb';
import { Handover_State, HandoverSchema } from '@/gen/jinhuan/meeting/v1/handover_pb';
import { DAY, stamp } from '@/lib/time';
import { ALLIANCE, MEMBER, newFake } from '@/test/fake';
import { renderAt } from '@/test/renderAt';

it('is signed with one click on the workbench, not before its time', async () => {
  const fake = newFake();
  fake.role = Role.LIAISON;
  const handover = (id: string, days: number) =>
    create(HandoverSchema, {
      name: `${ALLIANCE}/handovers/${id}`,
      outgoingMember: MEMBER,
      outgoingMemberDisplayName: 'unit one',
      incomingMember: `${ALLIANCE}/members/m2`,
      incomingMemberDisplayName: `unit ${id}`,
      boundaryTime: stamp(Date.now() + days * DAY),
      state: Handover_State.OPEN,
    });
  fake.handovers = [handover('later', 60), handover('soon', 10)];
  renderAt('/workbench', fake);
  const button = await screen.findByTestId('handover-sign-now');
  expect(screen.getByTestId('todo-handover')).toHaveTextContent('unit one → unit soon');
  fireEvent.click(button);
  await waitFor(() => expect(fake.handovers[1]?.outgoingSignature).toBeDefined());
  await waitFor(() => expect(screen.queryByTestId('todo-handover')).toBeNull());
});
