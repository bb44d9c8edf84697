// Where the reader's notices go by e-mail, and which. An address counts once a code that was
// sent there is confirmed.
import { useQuery } from '@connectrpc/connect-query';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { explain } from '@/api/errors';
import { useActOf } from '@/api/useAct';
import { Failure } from '@/components/Failure';
import { clearErrors, placeViolations } from '@/components/form';
import { PageSkeleton } from '@/components/PageSkeleton';
import { Panel } from '@/components/Panel';
import { Problem } from '@/components/Problem';
import { MailChoice, type MailSettings } from '@/gen/jinhuan/meeting/v1/mail_settings_pb';
import { NoticeService } from '@/gen/jinhuan/meeting/v1/notice_service_pb';
import { DEFAULT_ZONE, dateTime, deadline, ms } from '@/lib/time';
import { Choice } from './Choice';

const choices = { ALL: 'all', ACTION_NEEDED: 'toDo', NONE: 'pause' } as const;

export function MailNotices() {
  const { t } = useTranslation();
  const query = useQuery(NoticeService.method.getMailSettings);
  const settings = query.data;
  return (
    <Panel title={t('account.mail.title')}>
      {query.isPending ? (
        <PageSkeleton lines={3} />
      ) : !settings ? (
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      ) : (
        <>
          <p>{t(settings.available ? 'account.mail.what' : 'account.mail.unavailable')}</p>
          <Address settings={settings} />
          {settings.available && settings.pendingAddress && <Code settings={settings} />}
          {settings.available && <NewAddress settings={settings} />}
          {(settings.address || settings.pendingAddress) && <Remove />}
        </>
      )}
    </Panel>
  );
}

// The address that counts, and what goes there.
function Address({ settings }: { settings: MailSettings }) {
  const { t, i18n } = useTranslation();
  const { address, refuseTime, choice } = settings;
  const update = useActOf(NoticeService.method.updateMailSettings, [NoticeService], () =>
    t('form.saved'),
  );
  if (!address) {
    return settings.available && !settings.pendingAddress ? (
      <p className="muted" data-testid="mail-state">
        {t('account.mail.none')}
      </p>
    ) : null;
  }
  const choose = (chosen: string) =>
    update.send({
      settings: { choice: MailChoice[chosen as keyof typeof choices], languageCode: i18n.language },
    });
  return (
    <>
      <p className="mail-address" data-testid="mail-state">
        {t('account.mail.now', { address })}
      </p>
      {refuseTime && (
        <p className="problem" data-testid="mail-refused">
          {t('account.mail.refused', {
            date: dateTime(ms(refuseTime), DEFAULT_ZONE, i18n.language),
          })}
        </p>
      )}
      {settings.available && (
        <Choice
          label={t('account.mail.choice')}
          value={MailChoice[choice]}
          options={Object.entries(choices).map(([value, name]) => ({
            value,
            label: t(`account.mail.${name}`),
          }))}
          onChange={choose}
        />
      )}
      <Problem error={update.error} />
    </>
  );
}

// Ends it: also an address that waits for its code is forgotten.
function Remove() {
  const { t } = useTranslation();
  const remove = useActOf(NoticeService.method.removeMailAddress, [NoticeService], () =>
    t('account.mail.removed'),
  );
  return (
    <>
      <Problem error={remove.error} />
      <div className="panel-foot">
        <Button
          danger
          loading={remove.isPending}
          onClick={() => remove.send({})}
          data-testid="remove-mail"
        >
          {t('account.mail.remove')}
        </Button>
      </div>
    </>
  );
}

// The code that proves that the reader reads what is sent there.
function Code({ settings }: { settings: MailSettings }) {
  const { t, i18n } = useTranslation();
  const [form] = Form.useForm<{ code: string }>();
  const [problem, setProblem] = useState<unknown>(null);
  const confirm = useActOf(NoticeService.method.confirmMailAddress, [NoticeService], () =>
    t('account.mail.confirmed'),
  );
  const { pendingAddress: address, codeExpireTime } = settings;
  const send = (code: string) => {
    setProblem(null);
    confirm.send({ code }, undefined, (error) =>
      setProblem(placeViolations(form, error) ? null : error),
    );
  };
  if (settings.pendingRefused) {
    return (
      <p className="problem" data-testid="mail-pending-refused">
        {t('account.mail.pendingRefused', { address })}
      </p>
    );
  }
  return (
    <Form
      form={form}
      name="mail-code"
      layout="vertical"
      requiredMark={false}
      className="mail-form"
      onFinish={({ code }) => send(code.trim())}
      onValuesChange={(changed) => clearErrors(form, changed)}
    >
      <p data-testid="mail-pending">
        {t('account.mail.sent', {
          address,
          date: deadline(ms(codeExpireTime), DEFAULT_ZONE, i18n.language),
        })}
      </p>
      <Form.Item
        name="code"
        label={t('account.mail.code')}
        rules={[{ required: true, whitespace: true, message: t('form.needed') }]}
      >
        <Input
          maxLength={6}
          inputMode="numeric"
          autoComplete="one-time-code"
          data-testid="mail-code"
        />
      </Form.Item>
      <Problem error={problem} />
      <div className="form-actions">
        <Button
          type="primary"
          htmlType="submit"
          loading={confirm.isPending}
          data-testid="confirm-mail"
        >
          {t('account.mail.confirm')}
        </Button>
      </div>
    </Form>
  );
}

function NewAddress({ settings }: { settings: MailSettings }) {
  const { t, i18n } = useTranslation();
  const [form] = Form.useForm<{ address: string }>();
  const [problem, setProblem] = useState<unknown>(null);
  const name = useActOf(NoticeService.method.setMailAddress, [NoticeService], (answer) =>
    answer.pendingAddress ? t('account.mail.codeSent') : t('form.saved'),
  );
  const send = (address: string) => {
    setProblem(null);
    name.send(
      { address, languageCode: i18n.language },
      () => form.resetFields(),
      (error) => setProblem(placeViolations(form, error) ? null : error),
    );
  };
  return (
    <Form
      form={form}
      name="mail"
      layout="vertical"
      requiredMark={false}
      className="mail-form"
      onFinish={({ address }) => send(address.trim())}
      onValuesChange={(changed) => clearErrors(form, changed)}
    >
      <Form.Item
        name="address"
        label={t(settings.address ? 'account.mail.other' : 'account.mail.new')}
        extra={t('account.mail.rule')}
        rules={[{ required: true, whitespace: true, message: t('form.needed') }]}
      >
        <Input maxLength={254} inputMode="email" autoComplete="email" data-testid="mail" />
      </Form.Item>
      <Problem error={problem} />
      <div className="form-actions">
        <Button htmlType="submit" loading={name.isPending} data-testid="send-mail-code">
          {t('account.mail.send')}
        </Button>
      </div>
    </Form>
  );
}
