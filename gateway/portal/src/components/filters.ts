// The filters of a page: their state is its address.
import type { MouseEvent } from 'react';
import { type NavigateOptions, useNavigate, useSearchParams } from 'react-router';

export function useFilters() {
  const [params] = useSearchParams();
  const navigate = useNavigate();
  return {
    params,
    // The address with the filter at `value`; without it where that is ''.
    to: (param: string, value: string) => `?${filtered(params, param, value)}`,
    // On top of all that was chosen before, also of what is not drawn yet.
    choose(param: string, value: string, options?: NavigateOptions) {
      const now = new URLSearchParams(window.location.search);
      navigate(`?${filtered(now, param, value)}`, options);
    },
  };
}

function filtered(params: URLSearchParams, param: string, value: string): URLSearchParams {
  const next = new URLSearchParams(params);
  // A page belongs to its filters.
  next.delete('page');
  if (value) next.set(param, value);
  else next.delete(param);
  return next;
}

// A click that follows a link here, and not to another tab or a download.
export const isPlainClick = (event: MouseEvent) =>
  event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
