import { clone } from '@bufbuild/protobuf';
import { Code, type ConnectError, createRouterTransport } from '@connectrpc/connect';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Charter, CharterSchema } from '@/gen/jinhuan/alliance/v1/charter_pb';
import {
  type AdoptCharterRequest,
  CharterService,
} from '@/gen/jinhuan/alliance/v1/charter_service_pb';
import { Role } from '@/gen/jinhuan/auth/v1/access_pb';
import { charter } from '@/test/charter';
import { ALLIANCE, fakeTransport, newFake, refusal } from '@/test/fake';
import { overlay } from '@/test/overlay';
import { renderAt } from '@/test/renderAt';

let versions: Charter[];
let asked: AdoptCharterRequest[];
let refusals: (ConnectError | null)[];
beforeEach(() => {
  const first = { ...clone(CharterSchema, charter), name: `${ALLIANCE}/charters/3`, inForce: true };
  versions = [first];
  asked = [];
  refusals = [];
});

function open(address: string, role = Role.STREET_ADMIN) {
  const fake = { ...newFake(), role };
  const over = createRouterTransport(({ service }) => {
    service(CharterService, {
      getCharter: (request) => {
        const found = versions.find((one) =>
          request.name.endsWith('/-') ? one.inForce : one.name === request.name,
        );
        if (!found) throw refusal(Code.NotFound, 'RESOURCE_NOT_FOUND', 'zh no such version');
        return found;
      },
      listCharters: () => ({ charters: versions }),
      adoptCharter: (request) => {
        asked.push(request);
        const refused = refusals.shift();
        if (refused) throw refused;
        if (!request.charter) throw new Error('no charter');
        const made = {
          ...request.charter,
          name: `${ALLIANCE}/charters/${request.baseVersion + 1}`,
          version: request.baseVersion + 1,
        };
        if (!request.validateOnly) versions = [made, ...versions];
        return made;
      },
    });
  });
  return renderAt(address, fake, overlay(fakeTransport(fake), over, CharterService));
}

describe('the charter', () => {
  it('is read by everyone, in words, with the days off and worked', async () => {
    open('/charter?year=2026', Role.STAFF);
    expect(await screen.findByText('6 个月')).toBeVisible();
    expect(screen.getByText('出席达到应到的 2/3；赞成达到应到的 2/3；无记名')).toBeVisible();
    expect(await screen.findByText('1月1日 周四')).toBeVisible();
    expect(screen.getByText('1月4日 周日')).toBeVisible();
    expect(screen.queryByTestId('adopt')).toBeNull();
  });

  // Half a year is version 3's, in force; a year is that of the other.
  const beside = (version: number) => {
    const rotation = charter.rotation && { ...charter.rotation, termMonths: 12 };
    const name = `${ALLIANCE}/charters/${version}`;
    versions.push({ ...clone(CharterSchema, charter), name, version, inForce: false, rotation });
    return open(`/charter/${version}`, Role.STAFF);
  };

  it('strikes through what an old version said, not what is in force', async () => {
    beside(2);
    const changes = await screen.findByTestId('changes');
    expect(changes.querySelector('del')).toHaveTextContent('12 个月');
    expect(changes.querySelector('ins')).toHaveTextContent('6 个月');
    expect(screen.getByText('此后的改动（至现行第 3 版）')).toBeVisible();
  });

  it('strikes through what is in force where a version to come changes it', async () => {
    beside(4);
    const changes = await screen.findByTestId('changes');
    expect(changes.querySelector('del')).toHaveTextContent('6 个月');
    expect(changes.querySelector('ins')).toHaveTextContent('12 个月');
    expect(screen.getByText('与现行第 3 版的差别')).toBeVisible();
  });
});

describe('adopting a version', () => {
  const fill = async () => {
    fireEvent.change(await screen.findByTestId('decision'), { target: { value: 'no. 4' } });
    fireEvent.change(screen.getByLabelText('每届任期（月）'), { target: { value: '12' } });
  };

  it('shows what it changes before it is adopted', async () => {
    open('/charter/adopt');
    await fill();
    fireEvent.click(screen.getByTestId('to-review'));
    const changes = await screen.findByTestId('changes');
    expect(changes).toHaveTextContent('6 个月');
    expect(changes).toHaveTextContent('12 个月');
    expect(changes.querySelectorAll('.change')).toHaveLength(1);
    expect(asked.map((one) => one.validateOnly)).toEqual([true]);
    fireEvent.click(screen.getByTestId('confirm-adopt'));
    await waitFor(() => expect(versions).toHaveLength(2));
    expect(asked[1]).toMatchObject({ validateOnly: false, baseVersion: 3 });
    expect(asked[1]?.charter?.rotation?.termMonths).toBe(12);
    expect(asked[1]?.charter?.bookingQuotas).toEqual(charter.bookingQuotas);
  });

  it('puts what the server says at the field, wherever it stands in a list', async () => {
    refusals = [
      refusal(
        Code.InvalidArgument,
        'FIELD_INVALID',
        'zh bad',
        'charter.meeting.item_rules[1].quorum',
      ),
    ];
    open('/charter/adopt');
    await fill();
    fireEvent.click(screen.getByTestId('to-review'));
    const said = await screen.findByText('zh bad');
    expect(said.closest('.item-fields')).toHaveTextContent('章程修改');
  });

  it('takes over another version that came first, and keeps what was typed', async () => {
    refusals = [null, refusal(Code.Aborted, 'ETAG_STALE', 'zh stale')];
    open('/charter/adopt');
    await fill();
    fireEvent.click(screen.getByTestId('to-review'));
    fireEvent.click(await screen.findByTestId('confirm-adopt'));
    const rotation = charter.rotation && { ...charter.rotation, termMonths: 4, swapDays: 9 };
    const other = { ...clone(CharterSchema, charter), version: 4, inForce: false, rotation };
    versions = [{ ...other, name: `${ALLIANCE}/charters/4` }, ...versions];
    fireEvent.click(await screen.findByTestId('merge'));
    await waitFor(() => expect(screen.getByLabelText('对调须在几天内答复和批准')).toHaveValue(9));
    expect(screen.getByLabelText('每届任期（月）')).toHaveValue(12);
    expect(screen.getByTestId('decision')).toHaveValue('no. 4');
    fireEvent.click(screen.getByTestId('to-review'));
    fireEvent.click(await screen.findByTestId('confirm-adopt'));
    await waitFor(() =>
      expect(asked.at(-1)).toMatchObject({ baseVersion: 4, validateOnly: false }),
    );
  });
});
