// Finds one thing in a list that only gives pages: for services that list what
// they do not give singly. Reads page after page until it is found.
import type {
  DescMessage,
  DescMethodUnary,
  MessageInitShape,
  MessageShape,
} from '@bufbuild/protobuf';
import { callUnaryMethod, createConnectQueryKey, useTransport } from '@connectrpc/connect-query';
import { useQuery } from '@tanstack/react-query';

interface Search<I extends DescMessage, O extends DescMessage, T> {
  method: DescMethodUnary<I, O>;
  // Without page_token.
  input: MessageInitShape<I>;
  itemsOf: (page: MessageShape<O>) => readonly T[];
  match: (item: T) => boolean;
  // What is looked for, in a word: part of the query's key.
  key: string;
  enabled?: boolean;
}

// `data` is null when the list has no such thing.
export function useFindInPages<I extends DescMessage, O extends DescMessage, T>({
  method,
  input,
  itemsOf,
  match,
  key,
  enabled = true,
}: Search<I, O, T>) {
  const transport = useTransport();
  const listed = createConnectQueryKey({ schema: method, input, transport, cardinality: 'finite' });
  return useQuery({
    queryKey: [...listed, 'find', key],
    enabled,
    queryFn: async ({ signal }): Promise<T | null> => {
      let pageToken = '';
      do {
        const asked = { ...input, pageToken } as MessageInitShape<I>;
        const page = await callUnaryMethod(transport, method, asked, { signal });
        const found = itemsOf(page).find(match);
        if (found !== undefined) return found;
        pageToken = (page as { nextPageToken?: string }).nextPageToken ?? '';
      } while (pageToken);
      return null;
    },
  });
}
