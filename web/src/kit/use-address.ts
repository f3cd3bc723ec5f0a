// The state of a page lives in its address, so that it can be copied, opened by somebody else and gone back to.

import { useNavigate, useRouter } from '@tanstack/react-router';
import { useRef } from 'react';

type Search = Readonly<Record<string, string | undefined>>;

/** @returns how to change a part of the address; filters replace it, so that Back leaves the page. */
export const useAddress = () => {
  const navigate = useNavigate();
  return (changes: Search, { push = false } = {}) =>
    void navigate({
      to: '.',
      search: ((before: Search) => ({ ...before, ...changes })) as never,
      replace: !push,
      resetScroll: false,
    });
};

/** One thing over its list, in the address as `open`: opening and closing it leave filters, order and place alone. */
export const useOpenItem = () => {
  const change = useAddress();
  const router = useRouter();
  const openedHere = useRef(false);
  return {
    open: (key: string) => {
      openedHere.current = true;
      change({ open: key }, { push: true });
    },
    close: () => {
      // Where it was opened here, closing it is going back.
      if (openedHere.current) router.history.back();
      else change({ open: undefined });
      openedHere.current = false;
    },
  };
};
