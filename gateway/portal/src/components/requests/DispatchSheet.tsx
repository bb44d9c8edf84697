import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MemberSelect } from '@/components/MemberSelect';
import { NativeSelect } from '@/components/NativeSelect';
import { Problem } from '@/components/Problem';
import { Sheet } from '@/components/Sheet';
import type { Request } from '@/gen/jinhuan/meeting/v1/request_pb';
import { RequestService } from '@/gen/jinhuan/meeting/v1/request_service_pb';
import { useAct } from './useAct';
import { categories, types } from './words';

interface Props {
  request: Request;
  open: boolean;
  onClose: () => void;
}

export function DispatchSheet({ open, onClose, ...rest }: Props) {
  const { t } = useTranslation();
  return (
    <Sheet open={open} title={t('requests.dispatch')} onClose={onClose}>
      <DispatchForm {...rest} done={onClose} />
    </Sheet>
  );
}

function DispatchForm({ request, done }: { request: Request; done: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  const act = useAct(RequestService.method.dispatchRequest, () => t('requests.dispatched'));
  const [member, setMember] = useState('');
  const [category, setCategory] = useState<number>(request.category);
  const [type, setType] = useState<number>(request.type);
  const [reason, setReason] = useState('');
  const moved = request.member !== '';
  const ready = member !== '' && category !== 0 && (!moved || reason.trim() !== '');
  return (
    <form
      className="reason-form"
      onSubmit={(event) => {
        event.preventDefault();
        act.send({ name: request.name, member, category, type, reason: reason.trim() }, done);
      }}
    >
      <p>{request.title}</p>
      <MemberSelect label={t('requests.chooseUnit')} value={member} onChange={setMember} />
      <div className="field">
        <label htmlFor={`${id}-category`}>{t('requests.categoryLabel')}</label>
        <NativeSelect
          id={`${id}-category`}
          choices={[0, ...categories].map((value) => ({
            value,
            label: t(`requests.category.${value}`),
          }))}
          value={category}
          onChange={(event) => setCategory(Number(event.target.value))}
          data-testid="category"
        />
        {category === 0 && <p className="muted">{t('requests.chooseCategory')}</p>}
      </div>
      <div className="field">
        <label htmlFor={`${id}-type`}>{t('requests.typeLabel')}</label>
        <NativeSelect
          id={`${id}-type`}
          choices={types.map((value) => ({ value, label: t(`requests.type.${value}`) }))}
          value={type}
          onChange={(event) => setType(Number(event.target.value))}
        />
      </div>
      {moved && (
        <div className="field">
          <label htmlFor={`${id}-reason`}>{t('requests.reason')}</label>
          <Input.TextArea
            id={`${id}-reason`}
            rows={2}
            maxLength={200}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            data-testid="dispatch-reason"
          />
        </div>
      )}
      <Problem error={act.error} />
      <Button
        type="primary"
        htmlType="submit"
        block
        loading={act.isPending}
        disabled={!ready}
        data-testid="confirm-dispatch"
      >
        {t('requests.dispatchConfirm')}
      </Button>
    </form>
  );
}
