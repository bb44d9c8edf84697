// Changes what can be changed of a window.
import { useQuery } from '@connectrpc/connect-query';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { explain } from '@/api/errors';
import { useAlliance } from '@/api/useAlliance';
import { useWork } from '@/app/session';
import { Failure } from '@/components/Failure';
import { clearErrors, placeViolations } from '@/components/form';
import { PageHead } from '@/components/PageHead';
import { PageSkeleton } from '@/components/PageSkeleton';
import { Problem } from '@/components/Problem';
import { useToast } from '@/components/Toast';
import type { Window } from '@/gen/jinhuan/resource/v1/facility_pb';
import { FacilityService } from '@/gen/jinhuan/resource/v1/facility_service_pb';
import { idOf } from '@/lib/names';
import NotFoundPage from '../NotFoundPage';
import { Amount } from './inputs';
import { TermFields } from './TermFields';
import { TERM_PATHS, type TermValues, termValuesOf } from './termValues';
import { useSupplyChange } from './useSupplyChange';
import { changesOf } from './windowValues';

export default function WindowEditPage() {
  const { t } = useTranslation();
  const { id, window: windowId } = useParams();
  const { alliance, isLiaison, isStreet } = useWork();
  const query = useQuery(
    FacilityService.method.listWindows,
    { parent: `${alliance}/facilities/${id}`, pageSize: 1000 },
    { refetchOnWindowFocus: false },
  );
  if (!isLiaison && !isStreet) return <NotFoundPage />;
  if (query.isPending) return <PageSkeleton lines={8} />;
  const window = query.data?.windows.find((one) => idOf(one.name) === windowId);
  if (query.data && !window) return <NotFoundPage />;
  return (
    <>
      <PageHead
        title={t('facilities.windowEdit')}
        back={{ to: `/facilities/${id}`, label: t('facilities.windows') }}
      />
      {window ? (
        <EditForm window={window} />
      ) : (
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      )}
    </>
  );
}

function EditForm({ window }: { window: Window }) {
  const { t } = useTranslation();
  const { id } = useParams();
  const { zone } = useAlliance();
  const navigate = useNavigate();
  const toast = useToast();
  const [form] = Form.useForm<TermValues>();
  const [problem, setProblem] = useState<unknown>(null);
  const { start, busy, sheet } = useSupplyChange({
    zone,
    what: t('facilities.windowEditWhat'),
    confirm: t('action.save'),
    change: (client, how) =>
      client.updateWindow({
        window: {
          ...changesOf(form.getFieldsValue(true), window),
          name: window.name,
          etag: window.etag,
        },
        updateMask: { paths: TERM_PATHS },
        ...how,
      }),
    onDone: () => {
      toast({ text: t('form.saved') });
      navigate(`/facilities/${id}`);
    },
    onError: (error) => setProblem(placeViolations(form, error) ? null : error),
  });
  return (
    <Form
      form={form}
      name="window-edit"
      layout="vertical"
      className="panel form"
      initialValues={termValuesOf(window)}
      onFinish={() => {
        clearErrors(form, form.getFieldsValue());
        setProblem(null);
        start();
      }}
      onValuesChange={(changed) => clearErrors(form, changed)}
    >
      <p className="muted">{t('facilities.windowEditNote')}</p>
      <div className="form-grid">
        <Form.Item
          name="displayName"
          label={t('facilities.field.displayName')}
          className="form-wide"
        >
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item
          name="endDate"
          label={t('facilities.field.endDate')}
          extra={t('facilities.field.endDateHint')}
        >
          <Input type="date" />
        </Form.Item>
        <Amount name="capacity" max={100_000} min={1} required />
      </div>
      <TermFields />
      <Problem error={problem} />
      <div className="form-actions">
        <Button type="primary" htmlType="submit" loading={busy} data-testid="window-save">
          {t('action.save')}
        </Button>
      </div>
      {sheet}
    </Form>
  );
}
