// The street chooses which other open requests go on in this one: those of its category first.
import { useQuery } from '@connectrpc/connect-query';
import { Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { explain } from '@/api/errors';
import { useAlliance } from '@/api/useAlliance';
import { useWork } from '@/app/session';
import { Empty } from '@/components/Empty';
import { Failure } from '@/components/Failure';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ReasonSheet } from '@/components/ReasonSheet';
import { type Request, Request_State } from '@/gen/jinhuan/meeting/v1/request_pb';
import { RequestService, RequestView } from '@/gen/jinhuan/meeting/v1/request_service_pb';
import { dateTime, ms } from '@/lib/time';
import { useAct } from './useAct';

const { listRequests } = RequestService.method;

interface Props {
  request: Request;
  open: boolean;
  onClose: () => void;
}

export function MergeSheet({ request, open, onClose }: Props) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string[]>([]);
  const act = useAct(RequestService.method.mergeRequests, (after) =>
    t('requests.mergeDone', { n: after.mergedCount }),
  );
  const close = () => {
    setChosen([]);
    act.reset();
    onClose();
  };
  return (
    <ReasonSheet
      open={open}
      title={t('requests.merge')}
      what={t('requests.mergeWhat', { title: request.title })}
      initial={t('requests.mergeReason')}
      confirm={t('requests.mergeConfirm', { n: chosen.length })}
      ready={chosen.length > 0}
      busy={act.isPending}
      error={act.error}
      onConfirm={(reason) => act.send({ name: request.name, mergedNames: chosen, reason }, close)}
      onClose={close}
    >
      <Others request={request} chosen={chosen} onChange={setChosen} />
    </ReasonSheet>
  );
}

interface OthersProps {
  request: Request;
  chosen: string[];
  onChange: (names: string[]) => void;
}

function Others({ request, chosen, onChange }: OthersProps) {
  const { t, i18n } = useTranslation();
  const { zone } = useAlliance();
  const { queries, others } = useOpenRequests(request);
  const failed = queries.find((query) => query.error);
  if (queries.some((query) => query.isPending)) return <PageSkeleton lines={4} />;
  if (failed) {
    return <Failure text={explain(failed.error).text} retry={() => failed.refetch()} />;
  }
  if (others.length === 0) return <Empty why={t('requests.mergeNone')} />;
  return (
    <fieldset className="merge-choices">
      <legend>{t('requests.mergeWhich')}</legend>
      {others.map((one) => (
        <Checkbox
          key={one.name}
          checked={chosen.includes(one.name)}
          onChange={({ target }) =>
            onChange(
              target.checked ? [...chosen, one.name] : chosen.filter((name) => name !== one.name),
            )
          }
        >
          {one.title}
          <span className="muted merge-note">
            {[
              t(`requests.category.${one.category}`),
              one.place,
              t(`requests.state.${one.state}`),
              dateTime(ms(one.createTime), zone, i18n.language),
            ].join(' · ')}
          </span>
        </Checkbox>
      ))}
    </fieldset>
  );
}

function useOpenRequests(request: Request) {
  const { alliance } = useWork();
  const ask = (state: Request_State) => ({
    parent: alliance,
    view: RequestView.ALLIANCE,
    state,
    pageSize: 50,
  });
  const queries = [
    useQuery(listRequests, ask(Request_State.RECEIVED)),
    useQuery(listRequests, ask(Request_State.CLASSIFIED)),
    useQuery(listRequests, ask(Request_State.DISPATCHED)),
    useQuery(listRequests, ask(Request_State.IN_PROGRESS)),
  ];
  const strange = (one: Request) => Number(one.category !== request.category);
  const others = queries
    .flatMap((query) => query.data?.requests ?? [])
    .filter((one) => one.name !== request.name)
    .sort((a, b) => strange(a) - strange(b) || ms(b.createTime) - ms(a.createTime));
  return { queries, others };
}
