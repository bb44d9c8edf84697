import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterEach, beforeAll, vi } from 'vitest';
import { switchLanguage } from '@/i18n';

// Machines that build at the same time are slow; a test waits, it does not fail.
configure({ asyncUtilTimeout: 10_000 });

// What jsdom lacks and antd or a page asks for.
let phone = false;
export function setPhone(value: boolean): void {
  phone = value;
}
window.matchMedia = (query: string) =>
  ({
    media: query,
    get matches() {
      return phone && query.includes('max-width: 767px');
    },
    addEventListener: () => {},
    removeEventListener: () => {},
    addListener: () => {},
    removeListener: () => {},
    dispatchEvent: () => false,
    onchange: null,
  }) as MediaQueryList;
window.scrollTo = () => {};
Element.prototype.scrollIntoView = () => {};
globalThis.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};
// Nothing comes into view.
globalThis.IntersectionObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
} as unknown as typeof IntersectionObserver;
// antd measures scroll bars by a pseudo element, which jsdom can't style.
const computed = window.getComputedStyle;
window.getComputedStyle = (element: Element) => computed(element);

beforeAll(() => switchLanguage('zh-CN'));

afterEach(() => {
  cleanup();
  setPhone(false);
  localStorage.clear();
  vi.useRealTimers();
});
