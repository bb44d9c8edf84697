// Reports something; how hard it is and in which grid it lies the street says. What was typed stays whatever happens to the network.
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useWork } from '@/app/session';
import { clearErrors, placeViolations } from '@/components/form';
import { NativeSelect } from '@/components/NativeSelect';
import { PageHead } from '@/components/PageHead';
import { Problem } from '@/components/Problem';
import { PhotoPicker, type Picked } from '@/components/requests/PhotoPicker';
import { Similar } from '@/components/requests/Similar';
import { useAct } from '@/components/requests/useAct';
import { categories } from '@/components/requests/words';
import { useUnsaved } from '@/components/useUnsaved';
import { RequestService } from '@/gen/jinhuan/meeting/v1/request_service_pb';
import { idOf } from '@/lib/names';

interface Fields {
  title: string;
  place: string;
  category: number | string;
  description?: string;
}
type Place = { latitude: number; longitude: number };

export default function RequestFormPage() {
  const { t } = useTranslation();
  const { alliance } = useWork();
  const navigate = useNavigate();
  const [form] = Form.useForm<Fields>();
  const [photos, setPhotos] = useState<Picked[]>([]);
  const [location, setLocation] = useState<Place>();
  const [placeNote, setPlaceNote] = useState('');
  const category = Form.useWatch('category', form);
  const place = Form.useWatch('place', form);
  const [problem, setProblem] = useState<unknown>(null);
  const [typed, setTyped] = useState(false);
  const unsaved = useUnsaved(typed || photos.length > 0);
  const act = useAct(RequestService.method.createRequest, () => t('requests.sent'));

  const usePlace = () => {
    const failed = () => setPlaceNote(t('requests.placeFailed'));
    if (!navigator.geolocation) return failed();
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      setLocation({ latitude: coords.latitude, longitude: coords.longitude });
      setPlaceNote(t('requests.placed'));
    }, failed);
  };
  const submit = (fields: Fields, mergeInto = '') => {
    setProblem(null);
    const request = {
      title: fields.title?.trim() || t('requests.meTooTitle'),
      place: fields.place.trim(),
      category: Number(fields.category),
      description: fields.description?.trim() ?? '',
      location,
    };
    act.send(
      { parent: alliance, request, photos: photos.map((photo) => photo.bytes), mergeInto },
      (made) => {
        unsaved.saved();
        // Not back to an empty form.
        navigate(`/requests/${idOf(made.name)}`, { replace: true });
      },
      (error) => setProblem(placeViolations(form, error) ? null : error),
    );
  };
  // What is offered has the place that was typed; a place on the map alone is worded too.
  const join = (name: string) => {
    const fields: Fields = form.getFieldsValue();
    submit({ ...fields, place: fields.place?.trim() || t('requests.meTooPlace') }, name);
  };
  const needed = { required: true, whitespace: true, message: t('form.needed') };
  return (
    <>
      <PageHead title={t('requests.report')} back={{ to: '/requests', label: t('nav.requests') }} />
      {unsaved.question}
      <Form
        form={form}
        name="request"
        layout="vertical"
        className="panel form"
        initialValues={{ category: 0 }}
        onFinish={(fields) => submit(fields)}
        onValuesChange={(changed) => {
          setTyped(true);
          clearErrors(form, changed);
        }}
        scrollToFirstError={{ focus: true }}
      >
        <div className="form-grid">
          <Form.Item
            name="title"
            label={t('requests.titleLabel')}
            rules={[needed]}
            className="form-wide"
          >
            <Input
              maxLength={60}
              placeholder={t('requests.titleHint')}
              data-testid="request-title"
            />
          </Form.Item>
          <Form.Item
            name="place"
            label={t('requests.place')}
            rules={[needed]}
            className="form-wide"
          >
            <Input
              maxLength={120}
              placeholder={t('requests.placeHint')}
              data-testid="request-place"
            />
          </Form.Item>
          <div className="field form-wide">
            <Button onClick={usePlace}>{t('requests.usePlace')}</Button>
            <span role="status">{placeNote}</span>
          </div>
          <PhotoPicker photos={photos} onChange={setPhotos} />
          <Form.Item name="category" label={t('requests.categoryLabel')}>
            <NativeSelect
              choices={[0, ...categories].map((value) => ({
                value,
                label: t(`requests.category.${value}`),
              }))}
              data-testid="request-category"
            />
          </Form.Item>
          <Similar
            category={Number(category ?? 0)}
            place={(place ?? '').trim()}
            location={location}
            busy={act.isPending}
            onJoin={join}
          />
          <Form.Item name="description" label={t('requests.description')} className="form-wide">
            <Input.TextArea rows={4} maxLength={1000} />
          </Form.Item>
        </div>
        <Problem error={problem} />
        <div className="form-actions">
          <Button
            type="primary"
            htmlType="submit"
            loading={act.isPending}
            data-testid="request-send"
          >
            {t('requests.send')}
          </Button>
        </div>
      </Form>
    </>
  );
}
