// A draw, made again in the reader's browser from what is published of it.
import { bytesOf, commitmentOf, hexOf } from '@/components/rotation/lottery';
import { sha256 } from '@/components/rotation/sha256';
import {
  type Draw,
  type LotteryRequest,
  LotteryRequest_State,
} from '@/gen/jinhuan/resource/v1/lottery_pb';
import { idOf } from '@/lib/names';
import { ms } from '@/lib/time';

const text = new TextEncoder();

// What a request has tickets for.
export function ticketsOf(request: LotteryRequest): number {
  const hours = Math.trunc(Number(request.balanceMinutes) / 600);
  return (
    10 +
    Math.min(request.needPoints, 10) +
    3 * Math.min(request.losses, 8) +
    Math.max(-5, Math.min(10, hours))
  );
}

// The lowest number of its tickets, in hex.
async function lowestOf(seed: Uint8Array, request: LotteryRequest): Promise<string> {
  const id = text.encode(idOf(request.name));
  const numbers = await Promise.all(
    Array.from({ length: ticketsOf(request) }, (_, i) =>
      sha256(new Uint8Array([...seed, 0, ...id, 0, ...text.encode(String(i + 1))])),
    ),
  );
  return numbers.map(hexOf).sort()[0] ?? '';
}

export interface Verdict {
  commitment: boolean;
  tickets: boolean;
  order: boolean;
  winners: boolean;
}

export async function replay(draw: Draw, requests: readonly LotteryRequest[]): Promise<Verdict> {
  const seed = bytesOf(draw.seed);
  const took = requests.filter((one) => one.state !== LotteryRequest_State.VOID);
  const drawn = await Promise.all(
    took.map(async (request) => ({ request, number: await lowestOf(seed, request) })),
  );
  drawn.sort((a, b) => (a.number + a.request.name < b.number + b.request.name ? -1 : 1));
  const places = new Map(draw.slots.map((slot) => [ms(slot.startTime), slot.places]));
  const left = new Map(draw.limits.map((limit) => [limit.key, limit.left]));
  let winners = true;
  for (const { request } of drawn) {
    const slots = [...places].filter(
      ([start]) => start >= ms(request.startTime) && start < ms(request.endTime),
    );
    const wins =
      slots.length > 0 &&
      slots.every(([, free]) => free >= request.quantity) &&
      request.limits.every((key) => (left.get(key) ?? 0) >= 1);
    if (wins) {
      for (const [start, free] of slots) places.set(start, free - request.quantity);
      for (const key of request.limits) left.set(key, (left.get(key) ?? 0) - 1);
    }
    winners &&= wins === (request.state === LotteryRequest_State.WON);
  }
  return {
    commitment: (await commitmentOf(draw.seed)) === draw.seedCommitment,
    tickets: took.every((request) => request.tickets === ticketsOf(request)),
    order: drawn.every(({ request }, i) => request.place === i + 1),
    winners,
  };
}
