// What each measure counts, in a line: units are judged by them.
import { useTranslation } from 'react-i18next';
import { Panel } from '@/components/Panel';
import type { Measure } from '@/gen/jinhuan/meeting/v1/evaluation_pb';

export function Definitions({ measures }: { measures: readonly Measure[] }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('reports.evaluation.definitions')} className="definitions">
      <dl>
        {measures.map((one) => (
          <div key={one} data-testid="definition">
            <dt>{t(`reports.measure.${one}`)}</dt>
            <dd>{t(`reports.definition.${one}`)}</dd>
          </div>
        ))}
      </dl>
      <p className="muted">{t('reports.evaluation.definitionsNote')}</p>
    </Panel>
  );
}
