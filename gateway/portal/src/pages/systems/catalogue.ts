// What a system may be let to call: methods that its role may call at all, by
// service and package, from the API's own description.
import { getOption } from '@bufbuild/protobuf';
import { access, Role } from '@/gen/jinhuan/auth/v1/access_pb';
import { files } from '@/lib/registry';

export interface ServiceScope {
  // `jinhuan.alliance.v1.MemberService`.
  name: string;
  methods: { name: string; scope: string }[];
}

export interface PackageScope {
  // `jinhuan.alliance.v1`.
  name: string;
  services: ServiceScope[];
}

export function catalogue(): PackageScope[] {
  const packages = new Map<string, ServiceScope[]>();
  for (const file of files) {
    for (const service of file.services) {
      const methods = service.methods
        .filter((method) =>
          getOption(method, access).allow.some(({ role }) => role === Role.SYSTEM),
        )
        .map(({ name }) => ({ name, scope: `${service.typeName}/${name}` }));
      if (methods.length === 0) continue;
      const services = packages.get(file.proto.package) ?? [];
      services.push({ name: service.typeName, methods });
      packages.set(file.proto.package, services);
    }
  }
  const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);
  return [...packages]
    .map(([name, services]) => ({ name, services: services.sort(byName) }))
    .sort(byName);
}

// Those that the catalogue does not offer, as typed: one a line.
export function otherScopes(scopes: readonly string[], offered: readonly PackageScope[]): string[] {
  const known = new Set(
    offered.flatMap((one) => [
      one.name,
      ...one.services.flatMap((service) => [
        service.name,
        ...service.methods.map((method) => method.scope),
      ]),
    ]),
  );
  return scopes.filter((scope) => !known.has(scope));
}

// Whether a wider scope lets it be called already.
export function isCovered(scope: string, chosen: ReadonlySet<string>): boolean {
  const service = scope.split('/')[0] ?? '';
  if (scope !== service && chosen.has(service)) return true;
  return chosen.has(service.slice(0, service.lastIndexOf('.')));
}
