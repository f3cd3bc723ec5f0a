// The form of a chosen deed. It comes when it is first wanted: most who look at a task do nothing to it.

import type { Deed } from '../../api/deeds.ts';
import type { PossibleAction, Task } from '../../api/tasks.ts';
import { DeedDialog } from './deed-dialog.tsx';
import { useDeedForms } from './deed-forms.ts';

export type ChosenDeed =
  | { readonly transition: PossibleAction }
  | { readonly deed: Deed }
  /** The number of a difficulty that is answered. */
  | { readonly answer: number };

export const DeedSheet = ({
  task,
  chosen,
  onClose,
}: {
  readonly task: Task;
  readonly chosen: ChosenDeed;
  readonly onClose: () => void;
}) => {
  const { ready, ofTransition, ofDeed, ofAnswer } = useDeedForms(task);
  if ('transition' in chosen && !ready) return null;
  const form =
    'transition' in chosen
      ? ofTransition(chosen.transition)
      : 'deed' in chosen
        ? ofDeed(chosen.deed)
        : ofAnswer(chosen.answer);
  return <DeedDialog task={task} form={form} onClose={onClose} />;
};
