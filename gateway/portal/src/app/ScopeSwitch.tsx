// Which alliance and unit the pages are about; a list for those with several.
import { useQuery } from '@connectrpc/connect-query';
import { useTranslation } from 'react-i18next';
import { AllianceService } from '@/gen/jinhuan/alliance/v1/alliance_service_pb';
import { idOf } from '@/lib/names';
import { chooseScope, scopeKey } from './scope';
import { useSession } from './session';

export function ScopeSwitch() {
  const { t } = useTranslation();
  const { scope, scopes } = useSession();
  const alliances = useQuery(
    AllianceService.method.listAlliances,
    {},
    { enabled: scopes.length > 0, staleTime: 600_000 },
  );
  if (!scope) return null;

  const allianceOf = (name: string) =>
    alliances.data?.alliances.find((alliance) => alliance.name === name)?.displayName ?? idOf(name);
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
