// Takes a template over into the form, and keeps the form as a new one.
import { useQuery } from '@connectrpc/connect-query';
import { Button } from 'antd';
import { useId } from 'react';
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
  if (templates.length === 0) return null;
  return (
    <div className="field form-wide">
      <label htmlFor={id}>{t('session.template')}</label>
      <NativeSelect
        id={id}
        choices={[
          { value: '', label: t('session.templateNone') },
          ...templates.map((one) => ({ value: one.name, label: one.displayName })),
        ]}
        onChange={(event) => {
          const chosen = templates.find((one) => one.name === event.target.value);
          if (chosen) onChoose(chosen);
        }}
        data-testid="template"
      />
    </div>
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
