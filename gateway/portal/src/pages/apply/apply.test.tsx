import { Code } from '@connectrpc/connect';
import { fireEvent, screen } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { ALLIANCE, refusal } from '@/test/fake';
import { type FakeMembers, membersTransport, newFakeMembers } from '@/test/fakeMembers';
import { renderAt } from '@/test/renderAt';

let fake: FakeMembers;
beforeEach(() => {
  fake = newFakeMembers();
  fake.fake.signedIn = false;
});

const open = (address: string) => renderAt(address, fake.fake, membersTransport(fake));

async function fill(): Promise<void> {
  fireEvent.change(await screen.findByLabelText('单位名称'), { target: { value: 'unit a' } });
  fireEvent.change(screen.getByLabelText('行业'), { target: { value: '1' } });
  fireEvent.change(screen.getByLabelText('联络员手机'), { target: { value: '12' } });
}
const submit = () => fireEvent.click(screen.getByTestId('apply-submit'));

describe('applying without an account', () => {
  it('says at its field what is wrong, keeps the rest, then shows the receipt', async () => {
    fake.refusals = [
      refusal(Code.InvalidArgument, 'PHONE_INVALID', 'zh bad phone', 'member.liaison_phone'),
    ];
    open('/apply/a1');
    await fill();
    submit();
    expect(await screen.findByText('zh bad phone')).toBeVisible();
    expect(screen.getByLabelText('单位名称')).toHaveValue('unit a');
    fireEvent.change(screen.getByLabelText('联络员手机'), { target: { value: '13800001234' } });
    submit();
    expect(await screen.findByTestId('receipt')).toHaveTextContent('receipt-1');
    expect(fake.applied).toHaveLength(2);
    expect(fake.applied[1]).toMatchObject({ parent: ALLIANCE, website: '' });
    expect(fake.applied[1]?.member).toMatchObject({ liaisonPhone: '13800001234', sector: 1 });
  });

  it('gives on what a program wrote where people see nothing', async () => {
    open('/apply/a1');
    await fill();
    const trap = document.querySelector<HTMLInputElement>('input[name=website]');
    if (!trap) throw new Error('no trap');
    expect(trap.tabIndex).toBe(-1);
    expect(trap.closest('[aria-hidden=true]')).not.toBeNull();
    fireEvent.change(trap, { target: { value: 'http://x' } });
    submit();
    await screen.findByTestId('receipt');
    expect(fake.applied[0]?.website).toBe('http://x');
  });

  it('asks for both degrees or neither before it asks the server', async () => {
    open('/apply/a1');
    await fill();
    fireEvent.change(screen.getByLabelText('经度'), { target: { value: '121.4' } });
    submit();
    expect(await screen.findByText('经度和纬度请一并填写或一并留空')).toBeVisible();
    expect(fake.applied).toEqual([]);
  });

  it('asks for the alliance where the address names none', async () => {
    open('/apply');
    const go = await screen.findByTestId('to-form');
    expect(go).toBeDisabled();
    fireEvent.change(screen.getByTestId('alliance'), { target: { value: 'A1' } });
    fireEvent.click(go);
    expect(await screen.findByTestId('apply-submit')).toBeVisible();
  });
});

describe('asking how an application stands', () => {
  it('needs the receipt, and shows what the street said', async () => {
    fake.refusals = [refusal(Code.NotFound, 'RESOURCE_NOT_FOUND', 'zh no such receipt')];
    open('/apply/status');
    fireEvent.change(await screen.findByTestId('receipt-input'), {
      target: { value: ' receipt-1 ' },
    });
    fireEvent.click(screen.getByTestId('ask-status'));
    expect(await screen.findByText('zh no such receipt')).toBeVisible();
    fireEvent.click(screen.getByTestId('ask-status'));
    expect(await screen.findByTestId('application-status')).toHaveTextContent('zh come back later');
  });
});
