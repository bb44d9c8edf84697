// What one version changes of another, line by line.
import { useTranslation } from 'react-i18next';
import type { Charter } from '@/gen/jinhuan/alliance/v1/charter_pb';
import { changesOf, sectionsOf } from './rules';

export function Difference({ before, after }: { before: Charter; after: Charter }) {
  const { t } = useTranslation();
  const sections = changesOf(sectionsOf(before, t), sectionsOf(after, t));
  if (sections.length === 0) return <p data-testid="no-changes">{t('charter.noChanges')}</p>;
  return (
    <div className="changes" data-testid="changes">
      {sections.map(({ key, changes }) => (
        <section key={key}>
          <h3>{t(`charter.section.${key}`)}</h3>
          <dl>
            {changes.map((change) => (
              <div key={change.key} className="change">
                <dt>{change.label}</dt>
                {change.before && (
                  <dd>
                    <span className="sr-only">{t('charter.was')}</span>
                    <del>{change.before}</del>
                  </dd>
                )}
                <dd>
                  {change.after ? (
                    <>
                      <span className="sr-only">{t('charter.becomes')}</span>
                      <ins>{change.after}</ins>
                    </>
                  ) : (
                    <em>{t('charter.removed')}</em>
                  )}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
