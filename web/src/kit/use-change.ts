// A deed that goes to the API. The key stays the same until it went through or the person changed what they ask for, so
// that a lost answer and a second click do nothing twice.

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { type Answer, type Change, change, newKey } from '../api/client.ts';
import { NoConnection, sentenceOf } from '../api/problem.ts';
import { useSettings } from '../settings.ts';
import { common } from '../text/common.ts';
import { useText } from '../text/index.ts';
import { toast } from './toast.tsx';

export interface Deed extends Omit<Change, 'key'> {
  readonly path: string;
}

interface Options<T> {
  /** Query keys that may have changed; everything, when left out. */
  readonly touches?: readonly (readonly unknown[])[];
  readonly onDone?: (answer: Answer<T>) => void;
  /** Said when it went through. */
  readonly said?: string;
  /** Shows the refusal itself, so no toast is wanted. */
  readonly quiet?: boolean;
}

export const useChange = <T = unknown>({ touches, onDone, said, quiet = false }: Options<T> = {}) => {
  const client = useQueryClient();
  const text = useText(common);
  const { language } = useSettings();
  const intention = useRef<{ readonly of: string; readonly key: string }>(undefined);
  return useMutation<Answer<T>, unknown, Deed>({
    mutationFn: ({ path, ...rest }) => {
      const of = JSON.stringify([path, rest.method, rest.body, rest.version, rest.file?.size]);
      if (intention.current?.of !== of) intention.current = { of, key: newKey() };
      return change<T>(path, { ...rest, key: intention.current.key });
    },
    retry: (count, error) => error instanceof NoConnection && count < 2,
    retryDelay: 1000,
    onSuccess: async (answer) => {
      intention.current = undefined;
      onDone?.(answer);
      if (said !== undefined) toast({ text: said });
      if (touches) for (const queryKey of touches) await client.invalidateQueries({ queryKey });
      else await client.invalidateQueries();
    },
    onError: (error) => {
      if (!quiet) toast({ text: sentenceOf(error, language, text), kind: 'failed' });
    },
  });
};
