// What a person may do with a task now, and why not the rest: asked of the same decide that will judge the command.

import { Refusal } from '../refusal.ts';
import type { Circumstances } from './circumstances.ts';
import { decide } from './decide.ts';
import type { Definition, Names, Requirement } from './definition.ts';
import type { Task } from './task.ts';

export interface PossibleAction {
  readonly transition: string;
  readonly name: Names;
  readonly to: string;
  readonly require: Requirement;
  /** Absent: it may be done, given what it requires. */
  readonly refused?: string;
}

export const possibleActions = (
  definition: Definition,
  task: Task,
  circumstances: Circumstances,
): readonly PossibleAction[] =>
  definition.transitions
    .filter(({ from }) => from.includes(task.state))
    .map(({ key, name, to, require = {} }) => {
      const decision = decide(definition, task, { type: 'transition', transition: key }, circumstances);
      const refused =
        decision instanceof Refusal && decision.code !== 'requirement.missing' ? decision.code : undefined;
      return { transition: key, name, to, require, ...(refused === undefined ? {} : { refused }) };
    });
