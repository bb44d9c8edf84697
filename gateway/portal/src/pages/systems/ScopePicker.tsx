import { useTranslation } from 'react-i18next';
import { isCovered, type PackageScope, type ServiceScope } from './catalogue';

interface Props {
  packages: PackageScope[];
  ticked: ReadonlySet<string>;
  tick: (scope: string, on: boolean) => void;
}

export function ScopePicker({ packages, ...rest }: Props) {
  const { t } = useTranslation();
  return packages.map((one) => (
    <details
      key={one.name}
      className="scope-package"
      open={[...rest.ticked].some((scope) => scope.startsWith(one.name))}
    >
      <summary className="mono">{one.name}</summary>
      <Tick {...rest} scope={one.name} label={t('systems.scopes.wholePackage')} />
      {one.services.map((service) => (
        <Service key={service.name} service={service} {...rest} />
      ))}
    </details>
  ));
}

interface ServiceProps extends Omit<Props, 'packages'> {
  service: ServiceScope;
}

function Service({ service, ...rest }: ServiceProps) {
  const { t } = useTranslation();
  const short = service.name.slice(service.name.lastIndexOf('.') + 1);
  return (
    <fieldset className="scope-service">
      <legend className="mono">{short}</legend>
      <Tick {...rest} scope={service.name} label={t('systems.scopes.wholeService')} />
      {service.methods.map((method) => (
        <Tick key={method.scope} {...rest} scope={method.scope} label={method.name} mono />
      ))}
    </fieldset>
  );
}

interface TickProps extends Omit<Props, 'packages'> {
  scope: string;
  label: string;
  mono?: boolean;
}

// One that a wider scope covers is ticked and can't be changed.
function Tick({ scope, label, mono, ticked, tick }: TickProps) {
  const covered = isCovered(scope, ticked);
  return (
    <label className={mono ? 'scope-tick mono' : 'scope-tick'}>
      <input
        type="checkbox"
        checked={covered || ticked.has(scope)}
        disabled={covered}
        onChange={(event) => tick(scope, event.target.checked)}
        data-testid={`scope-${scope}`}
      />
      {label}
    </label>
  );
}
