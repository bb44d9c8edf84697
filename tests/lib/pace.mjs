// How fast the machine is while something with a deadline is under way: one that is busy with
// other things is not to blame.

import { setTimeout as pause } from 'node:timers/promises';

const MOST = 10e3;

// Calls the suite again and again; the function that this gives ends that, and adds to a deadline
// in milliseconds what two of the slowest answers took, MOST at most: what holds up every call is
// the suite's fault and no excuse.
export async function watchPace(suite) {
  const caller = await suite.as('staff3');
  let slowest = 0;
  let ended = false;
  const calling = (async () => {
    while (!ended) {
      const began = performance.now();
      await caller.call('alliance.v1.AuthService/GetSession');
      slowest = Math.max(slowest, performance.now() - began);
      await pause(100);
    }
  })();
  return async (deadline) => {
    ended = true;
    await calling;
    return deadline + Math.min(2 * slowest, MOST);
  };
}
