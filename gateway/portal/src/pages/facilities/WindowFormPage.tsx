import { useQueryClient } from '@tanstack/react-query';
import { Button, Form } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { refresh } from '@/api/refresh';
import { useRequestId } from '@/api/requestId';
import { useAlliance } from '@/api/useAlliance';
import { useMutation } from '@/api/useMutation';
import { useWork } from '@/app/session';
import { clearErrors, placeViolations } from '@/components/form';
import { PageHead } from '@/components/PageHead';
import { Problem } from '@/components/Problem';
import { useToast } from '@/components/Toast';
import { BookingService } from '@/gen/jinhuan/resource/v1/booking_service_pb';
import { FacilityService } from '@/gen/jinhuan/resource/v1/facility_service_pb';
import { dayOf } from '@/lib/time';
import NotFoundPage from '../NotFoundPage';
import { WindowFields } from './WindowFields';
import { toWindow, type WindowValues, windowDefaults } from './windowValues';

export default function WindowFormPage() {
  const { t } = useTranslation();
  const { id } = useParams();
  const { alliance, isLiaison, isStreet } = useWork();
  const { zone } = useAlliance();
  const navigate = useNavigate();
  const toast = useToast();
  const queries = useQueryClient();
  const requestId = useRequestId();
  const [form] = Form.useForm<WindowValues>();
  const [problem, setProblem] = useState<unknown>(null);
  const create = useMutation(FacilityService.method.createWindow);
  if (!isLiaison && !isStreet) return <NotFoundPage />;

  const submit = (values: WindowValues) => {
    clearErrors(form, form.getFieldsValue());
    setProblem(null);
    const window = toWindow(values);
    const parent = `${alliance}/facilities/${id}`;
    create.mutate(
      { parent, window, requestId: requestId.idFor(window) },
      {
        onSuccess: () => {
          requestId.done();
          void refresh(queries, FacilityService, BookingService);
          toast({ text: t('facilities.windowCreated') });
          navigate(`/facilities/${id}`);
        },
        onError: (error) => setProblem(placeViolations(form, error) ? null : error),
      },
    );
  };
  return (
    <>
      <PageHead
        title={t('facilities.windowCreate')}
        back={{ to: `/facilities/${id}`, label: t('facilities.windows') }}
      />
      <Form
        form={form}
        name="window"
        layout="vertical"
        className="panel form"
        initialValues={windowDefaults(dayOf(Date.now(), zone))}
        onFinish={submit}
        onValuesChange={(changed) => clearErrors(form, changed)}
        scrollToFirstError={{ focus: true }}
      >
        <WindowFields />
        <Problem error={problem} />
        <div className="form-actions">
          <Button
            type="primary"
            htmlType="submit"
            loading={create.isPending}
            data-testid="window-save"
          >
            {t('action.save')}
          </Button>
        </div>
      </Form>
    </>
  );
}
