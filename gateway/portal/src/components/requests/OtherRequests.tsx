// The other open requests to choose from: those of the same category first.
import { useQuery } from '@connectrpc/connect-query';
import { Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';
import { explain } from '@/api/errors';
import { useAlliance } from '@/api/useAlliance';
import { useWork } from '@/app/session';
import { Empty } from '@/components/Empty';
import { Failure } from '@/components/Failure';
import { PageSkeleton } from '@/components/PageSkeleton';
import { type Request, Request_State } from '@/gen/jinhuan/meeting/v1/request_pb';
import { RequestService, RequestView } from '@/gen/jinhuan/meeting/v1/request_service_pb';
import { dateTime, ms } from '@/lib/time';

const { listRequests } = RequestService.method;

interface Props {
  request: Request;
  // What they are chosen for.
  legend: string;
  // Which of them can be chosen; all where it is left out.
  fits?: (one: Request) => boolean;
  chosen: string[];
  onChange: (names: string[]) => void;
}

export function OtherRequests({ request, legend, fits, chosen, onChange }: Props) {
  const { t, i18n } = useTranslation();
  const { zone } = useAlliance();
  const { queries, ...open } = useOpenRequests(request);
  const others = fits ? open.others.filter(fits) : open.others;
  const failed = queries.find((query) => query.error);
  if (queries.some((query) => query.isPending)) return <PageSkeleton lines={4} />;
  if (failed) {
    return <Failure text={explain(failed.error).text} retry={() => failed.refetch()} />;
  }
  if (others.length === 0) return <Empty why={t('requests.mergeNone')} />;
  return (
    <fieldset className="merge-choices">
      <legend>{legend}</legend>
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
