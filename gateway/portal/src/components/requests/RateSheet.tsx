import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/components/Problem';
import { Sheet } from '@/components/Sheet';
import type { Request } from '@/gen/jinhuan/meeting/v1/request_pb';
import { RequestService } from '@/gen/jinhuan/meeting/v1/request_service_pb';
import { useAct } from './useAct';

interface Props {
  request: Request;
  // 0: closed.
  score: number;
  onClose: () => void;
}

export function RateSheet({ request, score, onClose }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const act = useAct(RequestService.method.rateRequest, () => t('requests.rated'));
  const [comment, setComment] = useState('');
  return (
    <Sheet open={score > 0} title={t('requests.rateTitle')} onClose={onClose}>
      <form
        className="reason-form"
        onSubmit={(event) => {
          event.preventDefault();
          act.send({ name: request.name, rating: score, comment: comment.trim() }, onClose);
        }}
      >
        <p>{t('requests.stars', { n: score })}</p>
        <label htmlFor={id}>{t('requests.comment')}</label>
        <Input.TextArea
          id={id}
          rows={3}
          maxLength={200}
          value={comment}
          onChange={(event) => setComment(event.target.value)}
        />
        <Problem error={act.error} />
        <Button
          type="primary"
          htmlType="submit"
          block
          loading={act.isPending}
          data-testid="confirm-rate"
        >
          {t('requests.confirm')}
        </Button>
      </form>
    </Sheet>
  );
}
