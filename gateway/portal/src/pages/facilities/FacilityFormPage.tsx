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
import { MemberSelect } from '@/components/MemberSelect';
import { NativeSelect } from '@/components/NativeSelect';
import { PageHead } from '@/components/PageHead';
import { PageSkeleton } from '@/components/PageSkeleton';
import { PlaceFields } from '@/components/PlaceFields';
import { Problem } from '@/components/Problem';
import { useToast } from '@/components/Toast';
import { type Facility, FacilityKind } from '@/gen/jinhuan/resource/v1/facility_pb';
import { FacilityService } from '@/gen/jinhuan/resource/v1/facility_service_pb';
import { kinds } from '@/lib/enums';
import { idOf } from '@/lib/names';
import { locationOf, type PlaceValues, placeAliases, placeValuesOf } from '@/lib/place';
import NotFoundPage from '../NotFoundPage';

interface Fields extends PlaceValues {
  displayName: string;
  kind: number | string;
  address: string;
  grid: string;
  description: string;
}

const PATHS = ['display_name', 'address', 'grid', 'location', 'description'];

export default function FacilityFormPage() {
  const { t } = useTranslation();
  const { id } = useParams();
  const { alliance, isLiaison, isStreet } = useWork();
  const query = useQuery(
    FacilityService.method.getFacility,
    { name: `${alliance}/facilities/${id}` },
    { enabled: !!id, refetchOnWindowFocus: false },
  );
  if (!isLiaison && !isStreet) return <NotFoundPage />;
  if (id && query.isPending) return <PageSkeleton lines={8} />;
  return (
    <>
      <PageHead
        title={t(id ? 'facilities.edit' : 'facilities.create')}
        back={{ to: id ? `/facilities/${id}` : '/facilities', label: t('nav.facilities') }}
      />
      {id && !query.data ? (
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      ) : (
        <FacilityForm facility={query.data} />
      )}
    </>
  );
}

function FacilityForm({ facility }: { facility: Facility | undefined }) {
  const { t } = useTranslation();
  const { alliance, member } = useWork();
  const navigate = useNavigate();
  const toast = useToast();
  const queries = useQueryClient();
  const requestId = useRequestId();
  const [form] = Form.useForm<Fields>();
  const [owner, setOwner] = useState(member);
  const [ownerMissing, setOwnerMissing] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const create = useMutation(FacilityService.method.createFacility);
  const update = useMutation(FacilityService.method.updateFacility);

  const outcome = {
    onSuccess: (saved: Facility) => {
      requestId.done();
      void refresh(queries, FacilityService);
      toast({ text: t('form.saved') });
      navigate(`/facilities/${idOf(saved.name)}`);
    },
    onError: (error: unknown) =>
      setProblem(placeViolations(form, error, placeAliases) ? null : error),
  };
  const submit = (fields: Fields) => {
    clearErrors(form, form.getFieldsValue());
    setProblem(null);
    const text = {
      displayName: fields.displayName.trim(),
      address: fields.address?.trim() ?? '',
      grid: fields.grid?.trim() ?? '',
      location: locationOf(fields),
      description: fields.description?.trim() ?? '',
    };
    if (facility) {
      const body = { ...text, name: facility.name, etag: facility.etag };
      update.mutate(
        { facility: body, updateMask: { paths: PATHS }, requestId: requestId.idFor(body) },
        outcome,
      );
      return;
    }
    setOwnerMissing(!owner);
    if (!owner) return;
    const body = { ...text, kind: Number(fields.kind), owner };
    create.mutate({ parent: alliance, facility: body, requestId: requestId.idFor(body) }, outcome);
  };

  return (
    <Form
      form={form}
      name="facility"
      layout="vertical"
      className="panel form"
      initialValues={
        facility
          ? { ...facility, ...placeValuesOf(facility.location) }
          : { kind: FacilityKind.PARKING }
      }
      onFinish={submit}
      onValuesChange={(changed) => clearErrors(form, changed)}
      scrollToFirstError={{ focus: true }}
    >
      <div className="form-grid">
        <Form.Item
          name="displayName"
          label={t('facilities.displayName')}
          rules={[{ required: true, whitespace: true, message: t('form.needed') }]}
        >
          <Input maxLength={60} data-testid="facility-name" />
        </Form.Item>
        {!facility && (
          <Form.Item name="kind" label={t('facilities.kindLabel')}>
            <NativeSelect
              choices={kinds.map((value) => ({
                value,
                label: t(`facilities.kind.${FacilityKind[value]}`),
              }))}
            />
          </Form.Item>
        )}
        {!facility && !member && (
          <MemberSelect
            label={t('facilities.owner')}
            value={owner}
            onChange={setOwner}
            missing={ownerMissing && !owner}
          />
        )}
        <Form.Item name="address" label={t('facilities.address')} className="form-wide">
          <Input maxLength={120} />
        </Form.Item>
        <Form.Item name="grid" label={t('members.grid')}>
          <Input maxLength={40} autoComplete="off" />
        </Form.Item>
        <PlaceFields />
        <Form.Item name="description" label={t('facilities.description')} className="form-wide">
          <Input maxLength={500} placeholder={t('facilities.descriptionHint')} />
        </Form.Item>
      </div>
      <Problem error={problem} />
      <div className="form-actions">
        <Button
          type="primary"
          htmlType="submit"
          loading={create.isPending || update.isPending}
          data-testid="facility-save"
        >
          {t('action.save')}
        </Button>
      </div>
    </Form>
  );
}
