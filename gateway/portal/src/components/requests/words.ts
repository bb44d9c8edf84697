import { RequestCategory, RequestType } from '@/gen/jinhuan/meeting/v1/request_pb';

export const categories = [
  RequestCategory.PARKING,
  RequestCategory.MEALS,
  RequestCategory.ENVIRONMENT,
  RequestCategory.NOISE,
  RequestCategory.SAFETY,
  RequestCategory.REPAIR,
  RequestCategory.OTHER,
] as const;

export const types = [RequestType.SIMPLE, RequestType.ORDINARY, RequestType.DIFFICULT] as const;
