// Resource names are paths (`alliances/a1/members/m7`); addresses of pages
// carry only the last part.

export function idOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

export function facilityOfWindow(window: string): string {
  return window.split('/windows/')[0] ?? '';
}
