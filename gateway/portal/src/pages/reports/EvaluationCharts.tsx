// An evaluation as charts: every measure of the total, and one measure by group.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { FilterSelect } from '@/components/FilterSelect';
import { type EvaluationGroup, Measure, type Rate } from '@/gen/jinhuan/meeting/v1/evaluation_pb';
import type { GetEvaluationResponse } from '@/gen/jinhuan/meeting/v1/report_service_pb';
import { ChartPanel } from './ChartPanel';
import { Definitions } from './Definitions';
import { nameOf, resultOf, resultText } from './evaluation';

// A chart shows so many groups; the table has all.
const MAX_BARS = 30;

interface Props {
  evaluation: GetEvaluationResponse;
  group: EvaluationGroup;
}

// The measures that the page has a line of.
const measuredIn = ({ total }: GetEvaluationResponse) =>
  total.filter((one) => one.denominator > 0n).map((one) => one.measure);

const isTime = ({ measure }: Rate) => measure === Measure.TIME_TO_MATCH;

export function EvaluationCharts(props: Props) {
  return (
    <>
      <Total {...props} />
      <ByGroup {...props} />
      <Definitions measures={measuredIn(props.evaluation)} />
    </>
  );
}

// Both counts and what they come to, as cells of a table and their head.
function useCounts() {
  const { t } = useTranslation();
  const head = ['numerator', 'denominator', 'result'].map((one) => t(`reports.evaluation.${one}`));
  const cells = (rate: Rate) => [
    isTime(rate)
      ? t('reports.hours', { count: Math.round(Number(rate.numerator) / 360) / 10 })
      : String(rate.numerator),
    String(rate.denominator),
    resultText(t, rate),
  ];
  return { head, cells };
}

function Total({ evaluation }: Props) {
  const { t } = useTranslation();
  const { head, cells } = useCounts();
  const measured = useMemo(
    () => evaluation.total.filter((one) => one.denominator > 0n),
    [evaluation],
  );
  // A time is no percentage: it stands in the table.
  const bars = useMemo(
    () =>
      measured
        .filter((one) => !isTime(one))
        .map((one) => ({
          label: t(`reports.measure.${one.measure}`),
          value: resultOf(one) ?? 0,
          text: resultText(t, one),
        })),
    [measured, t],
  );
  return (
    <ChartPanel
      id="evaluation-total"
      title={t('reports.evaluation.total')}
      bars={bars}
      max={100}
      head={[t('reports.evaluation.measure'), ...head]}
      rows={measured.map((one) => ({
        key: String(one.measure),
        cells: [t(`reports.measure.${one.measure}`), ...cells(one)],
      }))}
    />
  );
}

function ByGroup({ evaluation: { rows }, group }: Props) {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const { head, cells } = useCounts();
  const measures = useMemo(
    () =>
      [...new Set(rows.flatMap((row) => row.rates.map((one) => one.measure)))].sort(
        (a, b) => a - b,
      ),
    [rows],
  );
  const asked = Number(params.get('measure'));
  const measure = measures.find((one) => one === asked) ?? measures[0];
  const lines = useMemo(
    () =>
      rows
        .flatMap((row) =>
          row.rates
            .filter((rate) => rate.measure === measure)
            .map((rate) => ({ name: nameOf(t, row, group), rate })),
        )
        // By place, where there are places.
        .sort((a, b) => a.rate.rank - b.rate.rank),
    [rows, measure, group, t],
  );
  const bars = useMemo(
    () =>
      lines.slice(0, MAX_BARS).map(({ name, rate }) => ({
        label: name,
        value: resultOf(rate) ?? 0,
        text: resultText(t, rate),
      })),
    [lines, t],
  );
  if (measure === undefined) return null;
  const ranked = lines.some(({ rate }) => rate.rank > 0);
  const title = t(`reports.evaluation.by.${measure === Measure.TIME_TO_MATCH ? 'time' : 'rate'}`, {
    measure: t(`reports.measure.${measure}`),
  });
  return (
    <>
      <div className="filters">
        <FilterSelect
          label={t('reports.evaluation.measure')}
          param="measure"
          options={measures.map((one, i) => ({
            value: i === 0 ? '' : String(one),
            label: t(`reports.measure.${one}`),
          }))}
        />
      </div>
      <ChartPanel
        id="evaluation-group"
        title={title}
        bars={bars}
        max={measure === Measure.TIME_TO_MATCH ? undefined : 100}
        head={[
          t('reports.evaluation.who'),
          ...head,
          ...(ranked ? [t('reports.evaluation.rank')] : []),
        ]}
        rows={lines.map(({ name, rate }) => ({
          key: name,
          cells: [name, ...cells(rate), ...(ranked ? [rate.rank || ''] : [])],
        }))}
      />
    </>
  );
}
