// Claims a need or an offer for the reader's unit.
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useWork } from '@/app/session';
import { useAct } from '@/components/exchange/useAct';
import type { Listing } from '@/components/exchange/words';
import { Problem } from '@/components/Problem';
import { Sheet } from '@/components/Sheet';
import { ExchangeService } from '@/gen/jinhuan/resource/v1/exchange_service_pb';
import { idOf } from '@/lib/names';

interface Props {
  listing: Listing;
  // One's own need or offer that it goes together with.
  own?: Listing | undefined;
  open: boolean;
  onClose: () => void;
}

export function ClaimSheet({ listing, own, open, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Sheet open={open} title={t('exchange.claim.title')} onClose={onClose}>
      <ClaimForm listing={listing} own={own} />
    </Sheet>
  );
}

function ClaimForm({ listing, own }: Pick<Props, 'listing' | 'own'>) {
  const { t } = useTranslation();
  const { alliance, member } = useWork();
  const id = useId();
  const navigate = useNavigate();
  const most = Math.min(listing.remainingQuantity, own?.remainingQuantity ?? Infinity);
  const [quantity, setQuantity] = useState(String(most));
  const [message, setMessage] = useState('');
  const claim = useAct(ExchangeService.method.claimMatch, () => t('exchange.claim.done'));
  const names = [listing.name, own?.name ?? ''];
  const match = {
    need: names.find((name) => name.includes('/needs/')) ?? '',
    offer: names.find((name) => name.includes('/offers/')) ?? '',
    quantity: Number(quantity) || 0,
    message: message.trim(),
    claimant: member,
  };
  return (
    <form
      className="reason-form"
      onSubmit={(event) => {
        event.preventDefault();
        claim.send({ parent: alliance, match }, (made) =>
          navigate(`/exchange/matches/${idOf(made.name)}`),
        );
      }}
    >
      <p>{t('exchange.claim.what')}</p>
      <label htmlFor={`${id}-quantity`}>
        {t('exchange.claim.quantity', { n: most, unit: listing.quantityUnit })}
      </label>
      <Input
        id={`${id}-quantity`}
        type="number"
        inputMode="numeric"
        min={1}
        max={most}
        value={quantity}
        onChange={(event) => setQuantity(event.target.value)}
        data-testid="claim-quantity"
      />
      <label htmlFor={`${id}-message`}>{t('exchange.claim.message')}</label>
      <Input.TextArea
        id={`${id}-message`}
        rows={3}
        value={message}
        maxLength={500}
        onChange={(event) => setMessage(event.target.value)}
        data-testid="claim-message"
      />
      <Problem error={claim.error} />
      <Button
        type="primary"
        htmlType="submit"
        block
        loading={claim.isPending}
        data-testid="confirm-claim"
      >
        {t('exchange.claim.confirm')}
      </Button>
    </form>
  );
}
