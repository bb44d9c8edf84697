// What the reader may do with a request now: the street dispatches, the unit handles,
// the reporter rates.
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWork } from '@/app/session';
import { type Request, Request_State } from '@/gen/jinhuan/meeting/v1/request_pb';
import { RequestService } from '@/gen/jinhuan/meeting/v1/request_service_pb';
import { DispatchSheet } from './DispatchSheet';
import { EscalateSheet } from './EscalateSheet';
import { RateSheet } from './RateSheet';
import { ReopenButton } from './ReopenButton';
import { ResolveSheet } from './ResolveSheet';
import { useAct } from './useAct';
import './requests.css';

export function RequestActs({ request }: { request: Request }) {
  const { t } = useTranslation();
  const { isStreet, isLiaison, member } = useWork();
  const [open, setOpen] = useState<'dispatch' | 'resolve' | 'escalate' | null>(null);
  const [score, setScore] = useState(0);
  const start = useAct(RequestService.method.startRequest, () => t('requests.started'));
  const { state } = request;
  const unresolved = state < Request_State.RESOLVED;
  const mine = isLiaison && request.member !== '' && request.member === member && unresolved;
  const rateable =
    state === Request_State.MERGED
      ? request.progress?.state === Request_State.RESOLVED && request.rating === 0
      : state === Request_State.RESOLVED;
  const close = () => setOpen(null);
  return (
    <div className="request-acts">
      {isStreet && unresolved && (
        <Button
          type={request.member ? 'default' : 'primary'}
          onClick={() => setOpen('dispatch')}
          data-testid="dispatch"
        >
          {t(request.member ? 'requests.redispatch' : 'requests.dispatch')}
        </Button>
      )}
      {isStreet && (state === Request_State.RESOLVED || state === Request_State.RATED) && (
        <ReopenButton request={request} />
      )}
      {isStreet && !request.topic && (
        <Button onClick={() => setOpen('escalate')} data-testid="escalate">
          {t('requests.escalate')}
        </Button>
      )}
      {mine && state === Request_State.DISPATCHED && (
        <Button
          onClick={() => start.send({ name: request.name })}
          loading={start.isPending}
          data-testid="start"
        >
          {t('requests.start')}
        </Button>
      )}
      {mine && (
        <Button type="primary" onClick={() => setOpen('resolve')} data-testid="resolve">
          {t('requests.resolve')}
        </Button>
      )}
      {request.own && rateable && (
        <fieldset className="request-acts" aria-label={t('requests.rateTitle')}>
          <span aria-hidden="true">{t('requests.rate')}</span>
          {[1, 2, 3, 4, 5].map((value) => (
            <Button key={value} onClick={() => setScore(value)} data-testid={`score-${value}`}>
              {t('requests.stars', { n: value })}
            </Button>
          ))}
        </fieldset>
      )}
      <DispatchSheet request={request} open={open === 'dispatch'} onClose={close} />
      <EscalateSheet request={request} open={open === 'escalate'} onClose={close} />
      <ResolveSheet request={request} open={open === 'resolve'} onClose={close} />
      <RateSheet request={request} score={score} onClose={() => setScore(0)} />
    </div>
  );
}
