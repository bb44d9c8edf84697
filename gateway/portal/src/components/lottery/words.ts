// What people say of themselves when they ask for a place, and what it counts.
import { LotteryNeed } from '@/gen/jinhuan/resource/v1/lottery_pb';

export const needs = [
  LotteryNeed.SHIFT_WORK,
  LotteryNeed.MOBILITY,
  LotteryNeed.PREGNANCY,
  LotteryNeed.SMALL_CHILDREN,
  LotteryNeed.NO_TRANSIT,
] as const;

// The page of a draw, or of the draw that a request is in, by name.
export function drawPath(name: string): string {
  const [, , , facility, , window, , day] = name.split('/');
  return `/lottery/${facility}/${window}/${day}`;
}
