// The page that shows a resource, by its name; the inbox where none does.
import { idOf } from './names';

const pages: Record<string, (id: string, ...part: string[]) => string> = {
  bookings: () => '/mine',
  chairTerms: () => '/rotation',
  charters: () => '/charter',
  // Of what is beneath a facility only draws make notices.
  facilities: (id, _windows, window, _draws, day) =>
    day ? `/lottery/${id}/${window}/${day}` : `/facilities/${id}`,
  handovers: (id) => `/rotation/handovers/${id}`,
  matches: (id) => `/exchange/matches/${id}`,
  // A ballot has a page of its own; `alliances/a/meetings/m/minutes` is shown with its meeting.
  meetings: (id, part, partId) =>
    part === 'ballots' ? `/meetings/${id}/ballots/${partId}` : `/meetings/${id}`,
  members: (id) => `/members/${id}`,
  passes: (id) => `/passes/${id}`,
  procedures: (id) => `/procedures/${id}`,
  projects: (id) => `/projects/${id}`,
  requests: (id) => `/requests/${id}`,
  swaps: () => '/rotation/swaps',
  topics: (id) => `/topics/${id}`,
};

export function whereOf(name: string): string {
  const [collection = '', id = idOf(name), ...part] = name.split('/').slice(2);
  return pages[collection]?.(id, ...part) ?? '/notices';
}
