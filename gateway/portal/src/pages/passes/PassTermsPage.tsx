// On which terms a window gives passes; the passes that were given stay as they are.
import { useQuery } from '@connectrpc/connect-query';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { explain } from '@/api/errors';
import { refresh } from '@/api/refresh';
import { useRequestId } from '@/api/requestId';
import { useMutation } from '@/api/useMutation';
import { useWork } from '@/app/session';
import { Failure } from '@/components/Failure';
import { clearErrors, placeViolations } from '@/components/form';
import { PageHead } from '@/components/PageHead';
import { PageSkeleton } from '@/components/PageSkeleton';
import { Problem } from '@/components/Problem';
import { useToast } from '@/components/Toast';
import { BookingService } from '@/gen/jinhuan/resource/v1/booking_service_pb';
import type { Window } from '@/gen/jinhuan/resource/v1/facility_pb';
import { FacilityService } from '@/gen/jinhuan/resource/v1/facility_service_pb';
import { idOf } from '@/lib/names';
import NotFoundPage from '../NotFoundPage';

interface Values {
  maxDays: string;
  dayPriceFen: string;
  places: string;
}

export default function PassTermsPage() {
  const { t } = useTranslation();
  const { id, window: windowId } = useParams();
  const { alliance, isLiaison, isStreet } = useWork();
  const query = useQuery(
    FacilityService.method.listWindows,
    { parent: `${alliance}/facilities/${id}`, pageSize: 1000 },
    { refetchOnWindowFocus: false },
  );
  if (!isLiaison && !isStreet) return <NotFoundPage />;
  if (query.isPending) return <PageSkeleton lines={6} />;
  const window = query.data?.windows.find((one) => idOf(one.name) === windowId);
  if (query.data && !window) return <NotFoundPage />;
  return (
    <>
      <PageHead
        title={t('passes.terms')}
        sub={window?.displayName}
        back={{ to: `/facilities/${id}`, label: t('facilities.windows') }}
      />
      {window ? (
        <TermsForm window={window} />
      ) : (
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      )}
    </>
  );
}

function TermsForm({ window }: { window: Window }) {
  const { t } = useTranslation();
  const { id } = useParams();
  const navigate = useNavigate();
  const toast = useToast();
  const queries = useQueryClient();
  const requestId = useRequestId();
  const [form] = Form.useForm<Values>();
  const [problem, setProblem] = useState<unknown>(null);
  const update = useMutation(FacilityService.method.updateWindow);
  const save = (values: Values) => {
    clearErrors(form, form.getFieldsValue());
    setProblem(null);
    const maxDays = Number(values.maxDays) || 0;
    const passes = {
      maxDays,
      dayPriceFen: BigInt(Math.round(Number(values.dayPriceFen) * 100) || 0),
      places: Number(values.places) || 0,
    };
    const body = {
      // Without days there are no passes.
      window: { name: window.name, etag: window.etag, ...(maxDays > 0 ? { passes } : {}) },
      updateMask: { paths: ['passes'] },
    };
    update.mutate(
      { ...body, requestId: requestId.idFor(body) },
      {
        onSuccess: () => {
          requestId.done();
          toast({ text: t('form.saved') });
          navigate(`/facilities/${id}`);
        },
        onError: (error) => setProblem(placeViolations(form, error) ? null : error),
        onSettled: () => refresh(queries, FacilityService, BookingService),
      },
    );
  };
  const terms = window.passes;
  return (
    <Form
      form={form}
      name="pass-terms"
      layout="vertical"
      className="panel form"
      initialValues={{
        maxDays: String(terms?.maxDays ?? 31),
        dayPriceFen: String(Number(terms?.dayPriceFen ?? 0n) / 100),
        places: String(terms?.places ?? 0),
      }}
      onFinish={save}
      onValuesChange={(changed) => clearErrors(form, changed)}
    >
      <p className="muted">{t('passes.termsNote')}</p>
      <div className="form-grid">
        <Form.Item name="maxDays" label={t('passes.maxDays')} extra={t('passes.maxDaysHint')}>
          <Input type="number" min={0} max={92} inputMode="numeric" />
        </Form.Item>
        <Form.Item name="dayPriceFen" label={t('passes.dayPrice')}>
          <Input type="number" min={0} max={10_000} step={0.5} inputMode="decimal" />
        </Form.Item>
        <Form.Item name="places" label={t('passes.places')} extra={t('passes.placesHint')}>
          <Input type="number" min={0} max={window.capacity} inputMode="numeric" />
        </Form.Item>
      </div>
      <Problem error={problem} />
      <div className="form-actions">
        <Button
          type="primary"
          htmlType="submit"
          loading={update.isPending}
          data-testid="terms-save"
        >
          {t('action.save')}
        </Button>
      </div>
    </Form>
  );
}
