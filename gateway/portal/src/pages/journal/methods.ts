import { MethodOptions_IdempotencyLevel } from '@bufbuild/protobuf/wkt';
import { files } from '@/lib/registry';
import type { ServiceId } from './services';

// The methods of a service that change something, as entries name them.
export function changingMethods(service: ServiceId): string[] {
  return files
    .filter(({ proto }) => proto.package === `jinhuan.${service}.v1`)
    .flatMap(({ services }) => services)
    .flatMap(({ typeName, methods }) =>
      methods
        .filter(({ idempotency }) => idempotency !== MethodOptions_IdempotencyLevel.NO_SIDE_EFFECTS)
        .map(({ name }) => `${typeName}/${name}`),
    );
}
