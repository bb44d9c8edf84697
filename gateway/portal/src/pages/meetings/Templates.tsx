// Takes a template over into the form, keeps the form as a new one, removes one.
import { useQuery } from '@connectrpc/connect-query';
import { Button, Modal } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useActOf } from '@/api/useAct';
import { useWork } from '@/app/session';
import { NativeSelect } from '@/components/NativeSelect';
import { Problem } from '@/components/Problem';
import type { MeetingTemplate } from '@/gen/jinhuan/meeting/v1/meeting_pb';
import { MeetingService } from '@/gen/jinhuan/meeting/v1/meeting_service_pb';

export function TemplateChoice({ onChoose }: { onChoose: (template: MeetingTemplate) => void }) {
  const { t } = useTranslation();
  const id = useId();
  const { alliance } = useWork();
  const query = useQuery(MeetingService.method.listMeetingTemplates, {
    parent: alliance,
    pageSize: 100,
  });
  const templates = query.data?.meetingTemplates ?? [];
  const [name, setName] = useState('');
  const chosen = templates.find((one) => one.name === name);
  if (templates.length === 0) return null;
  return (
    <div className="field form-wide">
      <label htmlFor={id}>{t('session.template')}</label>
      <NativeSelect
        id={id}
        value={chosen?.name ?? ''}
        choices={[
          { value: '', label: t('session.templateNone') },
          ...templates.map((one) => ({ value: one.name, label: one.displayName })),
        ]}
        onChange={(event) => {
          setName(event.target.value);
          const next = templates.find((one) => one.name === event.target.value);
          if (next) onChoose(next);
        }}
        data-testid="template"
      />
      {chosen && <DeleteTemplate key={name} template={chosen} />}
    </div>
  );
}

// What was taken over from it stays in the form.
function DeleteTemplate({ template }: { template: MeetingTemplate }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const remove = useActOf(MeetingService.method.deleteMeetingTemplate, [MeetingService], () =>
    t('session.templateDeleted'),
  );
  return (
    <>
      <Button danger onClick={() => setAsking(true)} data-testid="template-delete">
        {t('session.templateDelete')}
      </Button>
      <Modal
        open={asking}
        title={t('session.templateDeleteAsk', { title: template.displayName })}
        okText={t('session.templateDelete')}
        okButtonProps={{ danger: true }}
        cancelText={t('action.cancel')}
        confirmLoading={remove.isPending}
        onOk={() => remove.send({ name: template.name }, () => setAsking(false))}
        onCancel={() => setAsking(false)}
        width={440}
      >
        <p>{t('session.templateDeleteNote')}</p>
        <Problem error={remove.error} />
      </Modal>
    </>
  );
}

export function SaveTemplate({ template }: { template: () => object }) {
  const { t } = useTranslation();
  const { alliance } = useWork();
  const save = useActOf(MeetingService.method.createMeetingTemplate, [MeetingService], () =>
    t('session.templateSaved'),
  );
  return (
    <>
      <Button
        loading={save.isPending}
        onClick={() => save.send({ parent: alliance, meetingTemplate: template() })}
        data-testid="template-save"
      >
        {t('session.templateSave')}
      </Button>
      <Problem error={save.error} />
    </>
  );
}
