// The form of a chosen deed. It comes when it is first wanted: most who look at a task do nothing to it.

import type { Deed } from '../../api/deeds.ts';
import { type PossibleAction, type Task, taskQuery } from '../../api/tasks.ts';
import { DeedDialog, type DeedForm } from './deed-dialog.tsx';
import { useDeedForms } from './deed-forms.ts';
import { useDifficultyForms } from './difficulty-forms.ts';
import { TaskSides } from './task-sides.tsx';

export type ChosenDeed =
  | { readonly transition: PossibleAction }
  | { readonly deed: Deed }
  /** The number of a difficulty that is answered, or put to somebody else. */
  | { readonly answer: number }
  | { readonly redirect: number };

export const DeedSheet = ({
  task,
  chosen,
  onClose,
}: {
  readonly task: Task;
  readonly chosen: ChosenDeed;
  readonly onClose: () => void;
}) => {
  const { ready, ofTransition, ofDeed } = useDeedForms(task);
  const { ofAnswer, ofRedirect } = useDifficultyForms();
  const blocked = (which: number) => {
    const difficulty = task.difficulties.find(({ number }) => number === which);
    return difficulty && { ...difficulty, taskId: task.id, addresseeUnit: difficulty.unit };
  };
  const formOf = (): DeedForm | undefined => {
    if ('transition' in chosen) return ready ? ofTransition(chosen.transition) : undefined;
    if ('deed' in chosen) return ofDeed(chosen.deed);
    const difficulty = blocked('answer' in chosen ? chosen.answer : chosen.redirect);
    return difficulty && ('answer' in chosen ? ofAnswer(difficulty) : ofRedirect(difficulty));
  };
  const form = formOf();
  return form && <TaskDeed task={task} form={form} onClose={onClose} />;
};

/** A form that is about the whole task. */
export const TaskDeed = ({
  task,
  form,
  onClose,
}: {
  readonly task: Task;
  readonly form: DeedForm;
  readonly onClose: () => void;
}) => (
  <DeedDialog
    subject={task}
    form={form}
    onClose={onClose}
    readAs={taskQuery(task.id).queryKey}
    sides={(seen, now) => <TaskSides seen={seen} task={now} />}
  />
);
