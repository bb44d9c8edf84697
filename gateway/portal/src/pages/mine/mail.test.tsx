import { createRouterTransport } from '@connectrpc/connect';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { Role } from '@/gen/jinhuan/auth/v1/access_pb';
import { MailChoice } from '@/gen/jinhuan/meeting/v1/mail_settings_pb';
import { NoticeService } from '@/gen/jinhuan/meeting/v1/notice_service_pb';
import { stamp } from '@/lib/time';
import { newFake } from '@/test/fake';
import { accountsTransport, newFakeAccounts } from '@/test/fakeAccounts';
import { overlay } from '@/test/overlay';
import { renderAt } from '@/test/renderAt';

// The settings with mail as a server has it, which takes any code.
function open(settings: object) {
  let now = { available: true, choice: MailChoice.ALL, languageCode: 'zh-CN', ...settings };
  const asked: object[] = [];
  const change = (request: object, more: object) => {
    asked.push(request);
    now = { ...now, ...more };
    return now;
  };
  const over = createRouterTransport(({ service }) => {
    service(NoticeService, {
      listNotices: () => ({}),
      getMailSettings: () => now,
      setMailAddress: (request) =>
        change(request, {
          pendingAddress: request.address,
          pendingRefused: false,
          codeExpireTime: stamp(Date.now()),
        }),
      confirmMailAddress: (request) =>
        change(request, { address: 'a@example.cn', pendingAddress: '' }),
      updateMailSettings: (request) => change(request, { choice: request.settings?.choice }),
      removeMailAddress: (request) => change(request, { address: '', pendingAddress: '' }),
    });
  });
  const accounts = accountsTransport(newFakeAccounts(Role.AUDIT_ADMIN));
  renderAt('/mine/settings', newFake(), overlay(accounts, over, NoticeService));
  return asked;
}
const fill = async (testId: string, value: string) =>
  fireEvent.change(await screen.findByTestId(testId), { target: { value } });

describe('notices by e-mail', () => {
  it('go to an address that a code proves, in the language of the page', async () => {
    const asked = open({});
    expect(await screen.findByTestId('mail-state')).toHaveTextContent('尚未开启');
    expect(screen.queryByTestId('remove-mail')).toBeNull();
    await fill('mail', ' a@example.cn ');
    fireEvent.click(screen.getByTestId('send-mail-code'));
    expect(await screen.findByTestId('mail-pending')).toHaveTextContent('a@example.cn');
    await fill('mail-code', '123456');
    fireEvent.click(screen.getByTestId('confirm-mail'));
    expect(await screen.findByTestId('mail-state')).toHaveTextContent('通知发往：a@example.cn');
    expect(asked).toMatchObject([
      { address: 'a@example.cn', languageCode: 'zh-CN' },
      { code: '123456' },
    ]);
  });

  it('say when a server refuses the address, and end', async () => {
    open({ address: 'a@example.cn', refuseTime: stamp(Date.now()) });
    expect(await screen.findByTestId('mail-refused')).toBeVisible();
    fireEvent.click(screen.getByTestId('remove-mail'));
    await waitFor(() => expect(screen.queryByTestId('mail-refused')).toBeNull());
  });

  it('say when the code was refused, and take another address', async () => {
    open({ pendingAddress: 'b@example.cn', pendingRefused: true });
    expect(await screen.findByTestId('mail-pending-refused')).toHaveTextContent('b@example.cn');
    expect(screen.queryByTestId('mail-code')).toBeNull();
    await fill('mail', 'c@example.cn');
    fireEvent.click(screen.getByTestId('send-mail-code'));
    expect(await screen.findByTestId('mail-code')).toBeVisible();
  });

  it('are not offered where no mail is sent, but an address can go', async () => {
    open({ available: false, address: 'a@example.cn' });
    expect(await screen.findByText(/未启用邮件通知/)).toBeVisible();
    expect(screen.queryByTestId('mail')).toBeNull();
    fireEvent.click(screen.getByTestId('remove-mail'));
    await waitFor(() => expect(screen.queryByTestId('remove-mail')).toBeNull());
  });
});
