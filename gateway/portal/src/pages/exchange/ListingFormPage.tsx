// Publishes a need or an offer, or changes one.
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { explain } from '@/api/errors';
import { useAlliance } from '@/api/useAlliance';
import { useListLabels } from '@/api/useListLabels';
import { useWork } from '@/app/session';
import { useAct } from '@/components/exchange/useAct';
import { useListing } from '@/components/exchange/useListings';
import { categoryIn, type List, type Listing } from '@/components/exchange/words';
import { Failure } from '@/components/Failure';
import { clearErrors, placeViolations } from '@/components/form';
import { MemberSelect } from '@/components/MemberSelect';
import { NativeSelect } from '@/components/NativeSelect';
import { PageHead } from '@/components/PageHead';
import { PageSkeleton } from '@/components/PageSkeleton';
import { PlaceFields } from '@/components/PlaceFields';
import { Problem } from '@/components/Problem';
import { ExchangeCategory } from '@/gen/jinhuan/resource/v1/exchange_pb';
import { ExchangeService } from '@/gen/jinhuan/resource/v1/exchange_service_pb';
import { idOf } from '@/lib/names';
import { locationOf, type PlaceValues, placeAliases, placeValuesOf } from '@/lib/place';
import { fromLocalInput, ms, stamp, toLocalInput } from '@/lib/time';
import NotFoundPage from '../NotFoundPage';

interface Fields extends PlaceValues {
  category: number | string;
  title: string;
  description: string;
  quantity: number | string;
  quantityUnit: string;
  startTime: string;
  endTime: string;
  address: string;
  grid: string;
}

export default function ListingFormPage({ list }: { list: List }) {
  const { t } = useTranslation();
  const labelOf = useListLabels();
  const { id } = useParams();
  const { alliance, isLiaison, isStreet } = useWork();
  const query = useListing(`${alliance}/${list}/${id}`, !!id);
  if (!isLiaison && !isStreet) return <NotFoundPage />;
  if (id && query.isPending) return <PageSkeleton lines={8} />;
  return (
    <>
      <PageHead
        title={t(id ? `exchange.edit.${list}` : `exchange.publish.${list}`)}
        back={{
          to: id ? `/exchange/${list}/${id}` : `/exchange/${list}`,
          label: labelOf(list),
        }}
      />
      {id && !query.listing ? (
        <Failure text={explain(query.error).text} retry={query.refetch} />
      ) : (
        // What others claim meanwhile is no reason to lose what was typed.
        <ListingForm key={id ?? 'new'} list={list} listing={query.listing} />
      )}
    </>
  );
}

// What a form calls to save, whichever list it is of.
function useSave(list: List, listing: Listing | undefined) {
  const { t } = useTranslation();
  const { alliance } = useWork();
  const said = () => t(listing ? 'form.saved' : 'exchange.published');
  const createNeed = useAct(ExchangeService.method.createNeed, said);
  const createOffer = useAct(ExchangeService.method.createOffer, said);
  const updateNeed = useAct(ExchangeService.method.updateNeed, said);
  const updateOffer = useAct(ExchangeService.method.updateOffer, said);
  const isNeed = list === 'needs';
  const act = listing ? (isNeed ? updateNeed : updateOffer) : isNeed ? createNeed : createOffer;
  return {
    isPending: act.isPending,
    send(
      fields: object,
      mask: string[],
      done: (saved: Listing) => void,
      failed: (error: unknown) => void,
    ) {
      const body = listing ? { ...fields, name: listing.name, etag: listing.etag } : fields;
      const field = { [isNeed ? 'need' : 'offer']: body };
      const request = listing
        ? { ...field, updateMask: { paths: mask } }
        : { ...field, parent: alliance };
      act.send(request, done, failed);
    },
  };
}

function ListingForm({ list, listing: read }: { list: List; listing: Listing | undefined }) {
  // As it was when the form was filled: what is read meanwhile has another etag.
  const [listing] = useState(read);
  const { t } = useTranslation();
  const { member } = useWork();
  const { zone } = useAlliance();
  const navigate = useNavigate();
  const [form] = Form.useForm<Fields>();
  const [unit, setUnit] = useState(member);
  const [unitMissing, setUnitMissing] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const save = useSave(list, listing);
  const local = (time: Listing['startTime']) => (time ? toLocalInput(ms(time), zone) : '');
  const time = (value: string) => (value ? stamp(fromLocalInput(value, zone)) : undefined);
  const text = (value: string | undefined) => value?.trim() ?? '';

  const submit = (fields: Fields) => {
    clearErrors(form, form.getFieldsValue());
    setProblem(null);
    setUnitMissing(!unit);
    if (!unit) return;
    const said = {
      title: text(fields.title),
      description: text(fields.description),
      quantity: Number(fields.quantity) || 0,
      quantityUnit: text(fields.quantityUnit),
      startTime: time(fields.startTime),
      endTime: time(fields.endTime),
      address: text(fields.address),
      grid: text(fields.grid),
      location: locationOf(fields),
    };
    const mask = [
      'title',
      'description',
      'quantity',
      'quantity_unit',
      'start_time',
      'end_time',
      'address',
      'grid',
      'location',
    ];
    save.send(
      listing ? said : { ...said, category: Number(fields.category), member: unit },
      mask,
      (saved) => navigate(`/exchange/${list}/${idOf(saved.name)}`),
      (error) => setProblem(placeViolations(form, error, placeAliases) ? null : error),
    );
  };

  const needed = { required: true, whitespace: true, message: t('form.needed') };
  return (
    <Form
      form={form}
      name="listing"
      layout="vertical"
      className="panel form"
      initialValues={
        listing
          ? {
              ...listing,
              ...placeValuesOf(listing.location),
              startTime: local(listing.startTime),
              endTime: local(listing.endTime),
            }
          : { category: ExchangeCategory.VOLUNTEERS, quantity: 1 }
      }
      onFinish={submit}
      onValuesChange={(changed) => clearErrors(form, changed)}
      scrollToFirstError={{ focus: true }}
    >
      <div className="form-grid">
        {!listing && (
          <Form.Item name="category" label={t('exchange.categoryLabel')}>
            <NativeSelect
              choices={Object.values(categoryIn).map((value) => ({
                value,
                label: t(`exchange.category.${value}`),
              }))}
            />
          </Form.Item>
        )}
        {!listing && !member && (
          <MemberSelect
            label={t('exchange.unit')}
            value={unit}
            onChange={setUnit}
            missing={unitMissing && !unit}
          />
        )}
        <Form.Item
          name="title"
          label={t('exchange.titleLabel')}
          rules={[needed]}
          className="form-wide"
        >
          <Input
            maxLength={60}
            placeholder={t(`exchange.titleHint.${list}`)}
            data-testid="listing-title"
          />
        </Form.Item>
        <Form.Item
          name="quantity"
          label={t('exchange.quantity')}
          rules={[{ required: true, message: t('form.needed') }]}
        >
          <Input
            type="number"
            min={1}
            max={10000}
            inputMode="numeric"
            data-testid="listing-quantity"
          />
        </Form.Item>
        <Form.Item name="quantityUnit" label={t('exchange.quantityUnit')}>
          <Input maxLength={10} placeholder={t('exchange.quantityUnitHint')} />
        </Form.Item>
        <Form.Item name="startTime" label={t('exchange.start')}>
          <Input type="datetime-local" />
        </Form.Item>
        <Form.Item name="endTime" label={t('exchange.end')} extra={t('exchange.endHint')}>
          <Input type="datetime-local" />
        </Form.Item>
        <Form.Item name="address" label={t('exchange.address')}>
          <Input maxLength={120} />
        </Form.Item>
        <Form.Item name="grid" label={t('exchange.grid')}>
          <Input maxLength={40} />
        </Form.Item>
        <PlaceFields />
        <Form.Item name="description" label={t('exchange.description')} className="form-wide">
          <Input.TextArea rows={4} maxLength={1000} />
        </Form.Item>
      </div>
      <Problem error={problem} />
      <div className="form-actions">
        <Button
          type="primary"
          htmlType="submit"
          loading={save.isPending}
          data-testid="listing-save"
        >
          {t(listing ? 'action.save' : 'exchange.publishNow')}
        </Button>
      </div>
    </Form>
  );
}
