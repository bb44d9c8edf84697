// On what one agrees: with what, when, how much.
import { Button, Input } from 'antd';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { explain, fieldName } from '@/api/errors';
import { useAlliance } from '@/api/useAlliance';
import { Problem } from '@/components/Problem';
import { Sheet } from '@/components/Sheet';
import type { Match } from '@/gen/jinhuan/resource/v1/exchange_pb';
import { ExchangeService } from '@/gen/jinhuan/resource/v1/exchange_service_pb';
import { fromLocalInput, ms, stamp, toLocalInput } from '@/lib/time';
import { useAct } from './useAct';
import { WindowPicker } from './WindowPicker';
import type { Listing } from './words';

interface Props {
  match: Match;
  // What was claimed: its time stands in the form at first.
  listing: Listing | undefined;
  open: boolean;
  onClose: () => void;
}

export function AgreeSheet({ open, onClose, ...rest }: Props) {
  const { t } = useTranslation();
  return (
    <Sheet open={open} title={t('exchange.agree.title')} onClose={onClose}>
      <AgreeForm {...rest} onClose={onClose} />
    </Sheet>
  );
}

function AgreeForm({ match, listing, onClose }: Omit<Props, 'open'>) {
  const { t } = useTranslation();
  const { zone } = useAlliance();
  const id = useId();
  const agree = useAct(ExchangeService.method.agreeMatch, () => t('exchange.agree.done'));
  const local = (time: Listing['startTime']) => (time ? toLocalInput(ms(time), zone) : '');
  const [description, setDescription] = useState(match.title);
  const [start, setStart] = useState(local(listing?.startTime));
  const [end, setEnd] = useState(local(listing?.endTime));
  const [quantity, setQuantity] = useState(String(match.quantity));
  const [window, setWindow] = useState('');
  const wrong = Object.fromEntries(
    (agree.error ? explain(agree.error).violations : []).map((one) => [
      fieldName(one.field),
      one.text,
    ]),
  );
  const time = (value: string) => (value ? stamp(fromLocalInput(value, zone)) : undefined);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const terms = {
      description: description.trim(),
      startTime: time(start),
      endTime: time(end),
      quantity: Number(quantity) || 0,
      window,
    };
    agree.send({ name: match.name, member: match.publisher, terms }, onClose);
  };
  const noted = (field: string) =>
    wrong[field] ? <p className="field-error">{wrong[field]}</p> : null;
  return (
    <form className="reason-form" onSubmit={submit}>
      <p>{t('exchange.agree.what')}</p>
      <label htmlFor={`${id}-what`}>{t('exchange.agree.description')}</label>
      <Input.TextArea
        id={`${id}-what`}
        rows={3}
        value={description}
        maxLength={500}
        onChange={(event) => setDescription(event.target.value)}
        data-testid="terms-description"
      />
      {noted('description')}
      <label htmlFor={`${id}-start`}>{t('exchange.agree.start')}</label>
      <Input
        id={`${id}-start`}
        type="datetime-local"
        value={start}
        onChange={(event) => setStart(event.target.value)}
        data-testid="terms-start"
      />
      {noted('startTime')}
      <label htmlFor={`${id}-end`}>{t('exchange.agree.end')}</label>
      <Input
        id={`${id}-end`}
        type="datetime-local"
        value={end}
        onChange={(event) => setEnd(event.target.value)}
        data-testid="terms-end"
      />
      {noted('endTime')}
      <label htmlFor={`${id}-quantity`}>
        {t('exchange.agree.quantity', { n: match.quantity, unit: match.quantityUnit })}
      </label>
      <Input
        id={`${id}-quantity`}
        type="number"
        inputMode="numeric"
        min={1}
        max={match.quantity}
        value={quantity}
        onChange={(event) => setQuantity(event.target.value)}
      />
      {noted('quantity')}
      <WindowPicker giver={match.giver} value={window} onChange={setWindow} />
      {noted('window')}
      <p className="muted">{t('exchange.agree.note')}</p>
      <Problem error={Object.keys(wrong).length > 0 ? null : agree.error} />
      <Button
        type="primary"
        htmlType="submit"
        block
        loading={agree.isPending}
        disabled={!description.trim()}
        data-testid="confirm-agree"
      >
        {t('exchange.agree.confirm')}
      </Button>
    </form>
  );
}
