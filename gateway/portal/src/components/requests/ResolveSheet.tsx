import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/components/Problem';
import { Sheet } from '@/components/Sheet';
import type { Request } from '@/gen/jinhuan/meeting/v1/request_pb';
import { RequestService } from '@/gen/jinhuan/meeting/v1/request_service_pb';
import { PhotoPicker, type Picked } from './PhotoPicker';
import { useAct } from './useAct';

interface Props {
  request: Request;
  open: boolean;
  onClose: () => void;
}

export function ResolveSheet({ request, open, onClose }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const act = useAct(RequestService.method.resolveRequest, () => t('requests.resolved'));
  const [result, setResult] = useState('');
  const [photos, setPhotos] = useState<Picked[]>([]);
  return (
    <Sheet open={open} title={t('requests.resolveTitle')} onClose={onClose}>
      <form
        className="reason-form"
        onSubmit={(event) => {
          event.preventDefault();
          const bytes = photos.map((photo) => photo.bytes);
          act.send({ name: request.name, result: result.trim(), photos: bytes }, onClose);
        }}
      >
        <label htmlFor={id}>{t('requests.resolveText')}</label>
        <Input.TextArea
          id={id}
          rows={4}
          maxLength={1000}
          value={result}
          onChange={(event) => setResult(event.target.value)}
          data-testid="result"
        />
        <PhotoPicker photos={photos} onChange={setPhotos} />
        <Problem error={act.error} />
        <Button
          type="primary"
          htmlType="submit"
          block
          loading={act.isPending}
          disabled={!result.trim()}
          data-testid="confirm-resolve"
        >
          {t('requests.resolve')}
        </Button>
      </form>
    </Sheet>
  );
}
