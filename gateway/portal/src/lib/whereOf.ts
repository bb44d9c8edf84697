// The page that shows a resource, by its name; the inbox where none does.
import { idOf } from './names';

const pages: Record<string, (id: string) => string> = {
  bookings: () => '/mine',
  chairTerms: () => '/rotation',
  charters: () => '/charter',
  handovers: (id) => `/rotation/handovers/${id}`,
  matches: (id) => `/exchange/matches/${id}`,
  meetings: (id) => `/meetings/${id}`,
  members: (id) => `/members/${id}`,
  projects: (id) => `/projects/${id}`,
  requests: (id) => `/requests/${id}`,
  swaps: () => '/rotation/swaps',
  topics: (id) => `/topics/${id}`,
};

export function whereOf(name: string): string {
  const parts = name.split('/');
  // `alliances/a/meetings/m/minutes` is shown with its meeting.
  const [collection = '', id = idOf(name)] = parts.slice(2);
  return pages[collection]?.(id) ?? '/notices';
}
