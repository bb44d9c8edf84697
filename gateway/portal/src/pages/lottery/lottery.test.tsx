import { createRouterTransport } from '@connectrpc/connect';
import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { Role } from '@/gen/jinhuan/auth/v1/access_pb';
import { FacilityKind } from '@/gen/jinhuan/resource/v1/facility_pb';
import { FacilityService } from '@/gen/jinhuan/resource/v1/facility_service_pb';
import { Draw_State } from '@/gen/jinhuan/resource/v1/lottery_pb';
import { LotteryService } from '@/gen/jinhuan/resource/v1/lottery_service_pb';
import { stamp } from '@/lib/time';
import { ALLIANCE, fakeTransport, newFake } from '@/test/fake';
import { overlay } from '@/test/overlay';
import { renderAt } from '@/test/renderAt';

const START = Date.parse('2099-03-02T01:00:00Z'); // nine in the morning there

function open(state: Draw_State, kind = FacilityKind.PARKING) {
  const fake = { ...newFake(), role: Role.STAFF };
  const name = `${ALLIANCE}/facilities/f1/windows/w1/draws/2099-03-02`;
  const over = createRouterTransport(({ service }) => {
    service(LotteryService, {
      getDraw: () => ({
        name,
        state,
        facilityDisplayName: 'car park 1',
        startTime: stamp(START),
        endTime: stamp(START + 3_600_000),
        closeTime: stamp(START - 86_400_000),
      }),
      listLotteryRequests: () => ({}),
    });
    service(FacilityService, {
      getFacility: (request) => ({ name: request.name, kind }),
    });
  });
  const services = overlay(fakeTransport(fake), over, LotteryService, FacilityService);
  return renderAt('/lottery/f1/w1/2099-03-02', fake, services);
}

describe('the page of a draw', () => {
  it.each([
    [FacilityKind.PARKING, '/parking'],
    [FacilityKind.CANTEEN, '/canteen'],
    [FacilityKind.VENUE, '/venues'],
  ])('leads to where one asks for a place', async (kind, page) => {
    open(Draw_State.COLLECTING, kind);
    const form = new URLSearchParams({
      day: '2099-03-02',
      f: 'f1',
      from: '2099-03-02T01:00:00.000Z',
    });
    expect(await screen.findByTestId('ask-for-place')).toHaveAttribute('href', `${page}?${form}`);
  });

  it('leads there no more once it was drawn', async () => {
    open(Draw_State.DRAWN);
    await waitFor(() => expect(screen.getByText(/已摇号/)).toBeVisible());
    expect(screen.queryByTestId('ask-for-place')).toBeNull();
  });
});
