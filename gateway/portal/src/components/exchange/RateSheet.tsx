// One to five stars and a line, once.
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/components/Problem';
import { Sheet } from '@/components/Sheet';
import type { Match } from '@/gen/jinhuan/resource/v1/exchange_pb';
import { ExchangeService } from '@/gen/jinhuan/resource/v1/exchange_service_pb';
import { useAct } from './useAct';

interface Props {
  match: Match;
  member: string;
  open: boolean;
  onClose: () => void;
}

export function RateSheet({ match, member, open, onClose }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const rate = useAct(ExchangeService.method.rateMatch, () => t('exchange.rate.done'));
  const [score, setScore] = useState(0);
  const [text, setText] = useState('');
  return (
    <Sheet open={open} title={t('exchange.rate.title')} onClose={onClose}>
      <form
        className="reason-form"
        onSubmit={(event) => {
          event.preventDefault();
          rate.send({ name: match.name, member, rating: { score, text: text.trim() } }, onClose);
        }}
      >
        <fieldset className="stars">
          <legend>{t('exchange.rate.score')}</legend>
          {[1, 2, 3, 4, 5].map((value) => (
            <label key={value} className="star">
              <input
                type="radio"
                name={`${id}-score`}
                checked={score === value}
                onChange={() => setScore(value)}
                data-testid={`score-${value}`}
              />
              {t('exchange.rate.stars', { n: value })}
            </label>
          ))}
        </fieldset>
        <label htmlFor={`${id}-text`}>{t('exchange.rate.text')}</label>
        <Input.TextArea
          id={`${id}-text`}
          rows={3}
          value={text}
          maxLength={500}
          onChange={(event) => setText(event.target.value)}
        />
        <p className="muted">{t('exchange.rate.note')}</p>
        <Problem error={rate.error} />
        <Button
          type="primary"
          htmlType="submit"
          block
          loading={rate.isPending}
          disabled={score === 0}
          data-testid="confirm-rate"
        >
          {t('exchange.rate.confirm')}
        </Button>
      </form>
    </Sheet>
  );
}
