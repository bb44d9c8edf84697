// Which alliance and unit the pages are about; a list for those with several.
import { useTranslation } from 'react-i18next';
import { useAllianceName } from '@/api/useAllianceName';
import { chooseScope, scopeKey } from './scope';
import { useSession } from './session';

export function ScopeSwitch() {
  const { t } = useTranslation();
  const { scope, scopes } = useSession();
  const allianceOf = useAllianceName(scopes.length > 0);
  if (!scope) return null;

  const unit = (one: typeof scope) => one.memberDisplayName || t('role.street');

  if (scopes.length === 1) {
    return (
      <p className="scope">
        <span className="scope-alliance">{allianceOf(scope.alliance)}</span>
        <span className="scope-unit">{unit(scope)}</span>
      </p>
    );
  }
  return (
    <select
      className="scope-select"
      aria-label={t('nav.scope')}
      value={scopeKey(scope)}
      onChange={(event) => chooseScope(event.target.value)}
      data-testid="scope"
    >
      {scopes.map((one) => (
        <option key={scopeKey(one)} value={scopeKey(one)}>
          {`${allianceOf(one.alliance)} · ${unit(one)}`}
        </option>
      ))}
    </select>
  );
}
