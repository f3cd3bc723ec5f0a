// What answering a difficulty asks for, and putting it to somebody else: of those who see the task, and of those who see
// this of it alone.

import { civilDay, day } from '../../format.ts';
import { useText } from '../../text/index.ts';
import type { DeedForm } from './deed-dialog.tsx';
import type { FieldSpec } from './form.ts';
import { taskText } from './text.ts';

export interface PutDifficulty {
  readonly taskId: string;
  readonly number: number;
  readonly cause: string;
  readonly addressee: string;
  readonly addresseeUnit: string | null;
  readonly answerBy: string;
}

export const useDifficultyForms = () => {
  const text = useText(taskText);
  const document: FieldSpec = { key: 'document', kind: 'document', label: text.documentOptional };
  const at = ({ taskId, number }: PutDifficulty, deed: string) => `/tasks/${taskId}/difficulties/${number}/${deed}`;

  const ofAnswer = (difficulty: PutDifficulty): DeedForm => ({
    name: `answer/${difficulty.number}`,
    title: text.answerDifficulty,
    about: difficulty.cause,
    send: text.answerDifficulty,
    path: at(difficulty, 'answer'),
    fields: [{ key: 'answer', kind: 'long', label: text.answer, required: true }, document],
  });

  const ofRedirect = (difficulty: PutDifficulty): DeedForm => {
    const { addressee, answerBy } = difficulty;
    const past = answerBy < civilDay();
    return {
      name: `redirect/${difficulty.number}`,
      title: text.redirectDifficulty,
      about: difficulty.cause,
      send: text.redirectDifficulty,
      path: at(difficulty, 'redirect'),
      fields: [
        {
          key: 'addressee',
          kind: 'choice',
          label: text.redirectTo,
          required: true,
          // Where it lies already, nobody puts it again; from one unit to another it goes.
          choices: (['unit', 'office', 'province'] as const)
            .filter((key) => key === 'unit' || key !== addressee)
            .map((key) => [key, text.addressees[key]]),
        },
        {
          key: 'unit',
          kind: 'unit',
          label: text.askedUnit,
          required: true,
          when: ({ addressee: chosen }) => chosen === 'unit',
        },
        {
          key: 'answerBy',
          kind: 'day',
          label: past ? text.answerByPast(day(answerBy)) : text.answerByKept(day(answerBy)),
          required: past,
          from: civilDay(),
        },
        { key: 'reason', kind: 'long', label: text.redirectReason, required: true },
        document,
      ],
    };
  };

  return { ofAnswer, ofRedirect };
};
