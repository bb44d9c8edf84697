// How often what other people may move is read again.
export const LIVE = { refetchInterval: 10_000 };
