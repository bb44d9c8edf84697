// All messages and services of the API, for pages that show any of them. Heavy:
// only for lazy pages.
import { createRegistry, type DescFile } from '@bufbuild/protobuf';

const modules = import.meta.glob<Record<string, unknown>>('../gen/jinhuan/**/*_pb.ts', {
  eager: true,
});

export const files: DescFile[] = Object.values(modules).flatMap((module) =>
  Object.entries(module)
    .filter(([name]) => name.startsWith('file_'))
    .map(([, file]) => file as DescFile),
);

export const registry = createRegistry(...files);
