// What became of what was undertaken: the rates of a period, in all and by group.
import { useQuery } from '@connectrpc/connect-query';
import { keepPreviousData } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { explain } from '@/api/errors';
import { useAlliance } from '@/api/useAlliance';
import { useWork } from '@/app/session';
import { Empty } from '@/components/Empty';
import { ExportButton } from '@/components/ExportButton';
import { Failure } from '@/components/Failure';
import { FilterLinks } from '@/components/FilterLinks';
import { FilterSelect } from '@/components/FilterSelect';
import { useUnits } from '@/components/members/useUnits';
import { PageHead } from '@/components/PageHead';
import { PageSkeleton } from '@/components/PageSkeleton';
import { EvaluationGroup } from '@/gen/jinhuan/meeting/v1/evaluation_pb';
import { ReportService } from '@/gen/jinhuan/meeting/v1/report_service_pb';
import { apiDate } from '@/lib/date';
import { idOf } from '@/lib/names';
import { dayOf, longDay } from '@/lib/time';
import NotFoundPage from '../NotFoundPage';
import { EvaluationCharts } from './EvaluationCharts';
import { daysOf, groupIn, PERIODS } from './evaluation';
import { ReportTabs } from './ReportTabs';
import './reports.css';

export default function EvaluationPage() {
  const { t, i18n } = useTranslation();
  const { alliance, isLiaison, isStreet, member } = useWork();
  const { zone } = useAlliance();
  const [params] = useSearchParams();
  const units = useUnits(isStreet);
  const [first, last] = daysOf(params.get('period') ?? '', dayOf(Date.now(), zone));
  const unit = params.get('unit');
  const request = {
    parent: alliance,
    startDate: apiDate(first),
    endDate: apiDate(last),
    group: groupIn[params.get('group') ?? ''] ?? EvaluationGroup.UNIT,
    member: isStreet ? (unit ? `${alliance}/members/${unit}` : '') : member,
  };
  const allowed = isLiaison || isStreet;
  const query = useQuery(ReportService.method.getEvaluation, request, {
    placeholderData: keepPreviousData,
    enabled: allowed,
  });
  if (!allowed) return <NotFoundPage />;
  return (
    <>
      <PageHead
        title={t('nav.reports')}
        sub={t(`reports.evaluation.${isStreet ? 'sub' : 'subOwn'}`, {
          first: longDay(first, i18n.language),
          last: longDay(last, i18n.language),
        })}
      >
        <ExportButton
          method={ReportService.method.exportEvaluation}
          request={request}
          testId="export-evaluation"
        />
      </PageHead>
      <ReportTabs />
      <div className="filters">
        <FilterLinks
          label={t('reports.periodLabel')}
          param="period"
          options={PERIODS.map((value) => ({
            value,
            label: t(`reports.evaluation.period.${value || 'year'}`),
          }))}
        />
        <FilterLinks
          label={t('reports.evaluation.groupLabel')}
          param="group"
          options={Object.entries(groupIn).map(([value, one]) => ({
            value,
            label: t(`reports.evaluation.group.${one}`),
          }))}
        />
        {isStreet && (
          <FilterSelect
            label={t('reports.unit')}
            param="unit"
            options={[
              { value: '', label: t('filters.any') },
              ...units.map((one) => ({ value: idOf(one.name), label: one.displayName })),
            ]}
          />
        )}
      </div>
      {query.isPending ? (
        <PageSkeleton lines={12} />
      ) : query.error ? (
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      ) : query.data.total.every((one) => one.denominator === 0n) ? (
        <div className="panel">
          <Empty
            why={t('reports.evaluation.none')}
            action={<Link to="/requests">{t('nav.requests')}</Link>}
          />
        </div>
      ) : (
        <EvaluationCharts evaluation={query.data} group={request.group} />
      )}
    </>
  );
}
