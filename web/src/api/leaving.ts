// What must still go out before the person goes: asked before signing out, when the session is still there.

const waiting = new Set<() => Promise<unknown>>();

export const beforeLeaving = (send: () => Promise<unknown>): void => {
  waiting.add(send);
};

/** Resolves when everything was sent or failed. */
export const sendBeforeLeaving = async (): Promise<void> => {
  await Promise.allSettled([...waiting].map((send) => send()));
};
