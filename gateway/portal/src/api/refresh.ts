import type { DescService } from '@bufbuild/protobuf';
import { createConnectQueryKey } from '@connectrpc/connect-query';
import type { QueryClient } from '@tanstack/react-query';

// Reads again whatever is shown of a service, after something of it changed.
export function refresh(client: QueryClient, ...services: DescService[]): Promise<unknown> {
  return Promise.all(
    services.map((schema) =>
      client.invalidateQueries({
        queryKey: createConnectQueryKey({ schema, cardinality: undefined }),
      }),
    ),
  );
}
