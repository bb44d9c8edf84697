// The procedures of the alliance, where each stands.
import { useQuery } from '@connectrpc/connect-query';
import { keepPreviousData } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { explain } from '@/api/errors';
import { useWork } from '@/app/session';
import { useRuns } from '@/components/ballots/useBallots';
import { Empty } from '@/components/Empty';
import { Failure } from '@/components/Failure';
import { FilterLinks } from '@/components/FilterLinks';
import { PageHead } from '@/components/PageHead';
import { Pager } from '@/components/Pager';
import { PageSkeleton } from '@/components/PageSkeleton';
import { procedureStateIn, procedureTag } from '@/components/procedures/useProcedures';
import type { Procedure } from '@/gen/jinhuan/meeting/v1/procedure_pb';
import { ProcedureService } from '@/gen/jinhuan/meeting/v1/procedure_service_pb';
import { idOf } from '@/lib/names';

export default function ProceduresPage() {
  const { t } = useTranslation();
  const { alliance, isStreet } = useWork();
  const runs = useRuns();
  const [params] = useSearchParams();
  const query = useQuery(
    ProcedureService.method.listProcedures,
    {
      parent: alliance,
      state: procedureStateIn[params.get('state') ?? ''],
      pageToken: params.get('page') ?? '',
      pageSize: 20,
    },
    { placeholderData: keepPreviousData, refetchInterval: 15_000 },
  );
  const procedures = query.data?.procedures ?? [];
  return (
    <>
      <PageHead title={t('nav.procedures')} sub={t('procedures.sub')}>
        {isStreet && (
          <Link to="/procedures/templates" className="button-link">
            {t('procedures.templates')}
          </Link>
        )}
        {runs && (
          <Link
            to="/procedures/new"
            className="button-link button-primary"
            data-testid="procedure-new"
          >
            {t('procedures.start')}
          </Link>
        )}
      </PageHead>
      <div className="filters">
        <FilterLinks
          label={t('procedures.stateLabel')}
          param="state"
          options={[
            { value: '', label: t('action.all') },
            ...Object.entries(procedureStateIn).map(([value, state]) => ({
              value,
              label: t(`procedures.state.${state}`),
            })),
          ]}
        />
      </div>
      {query.isPending ? (
        <PageSkeleton lines={8} />
      ) : query.error ? (
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      ) : procedures.length === 0 ? (
        <div className="panel">
          <Empty
            why={t('procedures.none')}
            action={
              runs ? (
                <Link to="/procedures/new">{t('procedures.start')}</Link>
              ) : (
                <Link to="/meetings">{t('nav.meetings')}</Link>
              )
            }
          />
        </div>
      ) : (
        <section className="panel" aria-labelledby="procedures-list">
          <h2 id="procedures-list" className="sr-only">
            {t('nav.procedures')}
          </h2>
          <ul className="rows">
            {procedures.map((procedure) => (
              <li key={procedure.name} className="todo-item">
                <Line procedure={procedure} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <Pager nextPageToken={query.data?.nextPageToken} />
    </>
  );
}

function Line({ procedure }: { procedure: Procedure }) {
  const { t } = useTranslation();
  const step = procedure.steps[procedure.currentStep];
  return (
    <div className="todo-text" data-testid="procedure" data-state={procedure.state}>
      <span className={`tag ${procedureTag[procedure.state]}`}>
        {t(`procedures.state.${procedure.state}`)}
      </span>
      <h3>
        <Link to={`/procedures/${idOf(procedure.name)}`}>{procedure.title}</Link>
      </h3>
      <p className="muted">
        {[
          procedure.templateDisplayName,
          step?.stage &&
            t('procedures.at', {
              n: procedure.currentStep + 1,
              of: procedure.steps.length,
              stage: step.stage.displayName,
            }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
    </div>
  );
}
