// That the reader has signed out in one tab, told to the others.
const NAME = 'jinhuan signed out';

export function tellSignedOut(): void {
  const channel = new BroadcastChannel(NAME);
  channel.postMessage(null);
  channel.close();
}

export function onSignedOutElsewhere(leave: () => void): () => void {
  const channel = new BroadcastChannel(NAME);
  channel.onmessage = leave;
  return () => channel.close();
}

// Loads it anew, so that nothing read so far stays in memory.
export const toSignIn = () => window.location.assign('/sign-in');
