// One deed in a dialog: what it does and cannot undo, what is asked, the button; a refusal in place.

import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { isProblem, sentenceOf } from '../api/problem.ts';
import { useSettings } from '../settings.ts';
import { common } from '../text/common.ts';
import { useText } from '../text/index.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { type Deed, useChange } from './use-change.ts';

interface Props<T> {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly about: string;
  readonly submit: string;
  readonly said: string;
  /** Undefined: something is still missing. */
  readonly deed: Deed | undefined;
  readonly onDone?: (body: T) => void;
  /** What came of it is to be told first; the caller closes. */
  readonly stays?: (body: T) => boolean;
  readonly children?: ReactNode;
}

export const DeedDialog = <T,>({
  open,
  onClose,
  title,
  about,
  submit,
  said,
  deed,
  onDone,
  stays,
  children,
}: Props<T>) => {
  const words = useText(common);
  const { language } = useSettings();
  const [asked, setAsked] = useState(false);
  const client = useQueryClient();
  const change = useChange<T>({
    said,
    quiet: true,
    onDone: ({ body }) => {
      if (!stays?.(body)) onClose();
      onDone?.(body);
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    // Somebody was quicker: what was typed stays, and behind it the page shows the new state, to which it is sent again.
    if (deed && !change.isPending)
      change.mutate(deed, {
        onError: (error) => isProblem(error, 'version.stale') && void client.invalidateQueries(),
      });
  };
  return (
    <Dialog open={open} onClose={onClose} title={title} about={about}>
      <form className="stack" noValidate onSubmit={send}>
        {children}
        {asked && !deed && (
          <p className="small late" role="alert">
            {words.required}
          </p>
        )}
        {change.error !== null && (
          <p className="notice bad" role="alert">
            {isProblem(change.error, 'version.stale') ? words.stale : sentenceOf(change.error, language, words)}
          </p>
        )}
        <div className="row">
          <Button type="submit" look="primary" busy={change.isPending}>
            {submit}
          </Button>
          <Button onClick={onClose}>{words.cancel}</Button>
        </div>
      </form>
    </Dialog>
  );
};
