// What each deed on a task asks for.

import { useQuery } from '@tanstack/react-query';
import type { Deed } from '../../api/deeds.ts';
import { type FormField, workflowQuery } from '../../api/task-parts.ts';
import type { PossibleAction, Task } from '../../api/tasks.ts';
import { addDays, civilDay } from '../../format.ts';
import { common } from '../../text/common.ts';
import { useNamed, useText } from '../../text/index.ts';
import type { DeedForm } from './deed-dialog.tsx';
import { dueFields, withDue } from './due-fields.ts';
import { dueText } from './due-text.ts';
import type { FieldSpec } from './form.ts';
import { formText } from './form-text.ts';
import { taskText } from './text.ts';

const prefix = 'fields.';

export const useDeedForms = (task: Task) => {
  const text = useText(taskText);
  const form = useText(formText);
  const due = useText(dueText);
  const words = useText(common);
  const named = useNamed();
  const definition = useQuery(workflowQuery(task.workflow)).data?.definition;
  const at = (path: string) => `/tasks/${task.id}/${path}`;
  const tomorrow = addDays(civilDay(), 1);
  const document: FieldSpec = { key: 'document', kind: 'document', label: text.documentOptional };
  const reason: FieldSpec = { key: 'reason', kind: 'long', label: text.reason, required: true };

  const fieldOf = ({ key, name, type, required = false, choices = [] }: FormField): FieldSpec => {
    const shared = { key: `${prefix}${key}`, label: named(name), required };
    switch (type) {
      case 'text':
        return { ...shared, kind: 'long' };
      case 'date':
        return { ...shared, kind: 'day', past: true };
      case 'choice':
        return { ...shared, kind: 'choice', choices: choices.map((choice) => [choice, choice]) };
      default:
        return { ...shared, kind: type };
    }
  };

  /** The form of a transition, by what its workflow requires. */
  const ofTransition = ({ transition, name, require, to }: PossibleAction): DeedForm => {
    const asked = definition?.forms.find(({ key }) => key === require.form)?.fields ?? [];
    const returns = definition?.appraisals.some(({ outcomes }) => outcomes.returned === transition) ?? false;
    return {
      name: `transition/${transition}`,
      title: named(name),
      send: named(name),
      danger: to === 'not_done' || to === 'stopped',
      path: at('transitions'),
      fields: [
        ...asked.map(fieldOf),
        ...(require.evidence === undefined
          ? []
          : [{ key: 'evidence', kind: 'evidence', label: text.evidence, least: require.evidence } as const]),
        ...(require.reason === true
          ? [reason]
          : asked.length === 0
            ? [{ ...reason, label: text.note, required: false }]
            : []),
        ...(returns ? [{ key: 'missing', kind: 'lines', label: form.missingLines } as const] : []),
        ...(require.document === true ? [{ ...document, label: text.document, required: true } as const] : []),
      ],
      toBody: (given) => {
        const entries = Object.entries(given);
        const fields = entries
          .filter(([key]) => key.startsWith(prefix))
          .map(([key, value]) => [key.slice(prefix.length), value]);
        return {
          transition,
          ...Object.fromEntries(entries.filter(([key]) => !key.startsWith(prefix))),
          ...(fields.length === 0 ? {} : { fields: Object.fromEntries(fields) }),
        };
      },
    };
  };

  const shapes: Readonly<Record<Deed, Omit<DeedForm, 'name' | 'title' | 'send'>>> = {
    report_progress: {
      path: at('progress'),
      fields: [
        { key: 'progress', kind: 'percent', label: text.progressField },
        { key: 'result', kind: 'number_or_text', label: text.result },
        { key: 'narrative', kind: 'long', label: text.narrative },
        {
          key: 'estimate',
          kind: 'choice',
          label: text.estimateField,
          choices: (['done', 'not_done', 'stopped'] as const).map((key) => [key, words.estimates[key]]),
        },
      ],
    },
    report_difficulty: {
      path: at('difficulties'),
      start: { addressee: 'office' },
      fields: [
        { key: 'cause', kind: 'long', label: text.cause, required: true },
        { key: 'proposal', kind: 'long', label: text.proposal },
        {
          key: 'addressee',
          kind: 'choice',
          label: text.addressee,
          required: true,
          choices: (['office', 'province', 'unit'] as const).map((key) => [key, text.addressees[key]]),
        },
        {
          key: 'unit',
          kind: 'unit',
          label: text.askedUnit,
          required: true,
          when: ({ addressee }) => addressee === 'unit',
        },
        { key: 'answerBy', kind: 'day', label: text.answerBy, required: true, from: civilDay() },
      ],
    },
    request_extension: {
      path: at('extension-requests'),
      fields: [
        {
          key: 'day',
          kind: 'day',
          label: text.askedDay,
          required: true,
          ...(task.dueOn === null ? {} : { from: addDays(task.dueOn, 1) }),
        },
        reason,
      ],
    },
    propose_deadline: {
      path: at('deadline-proposals'),
      undated: true,
      fields: [
        { key: 'day', kind: 'day', label: text.proposedDay, required: true, from: tomorrow },
        { ...reason, required: false },
      ],
    },
    explain: {
      path: at('explanations'),
      fields: [
        { key: 'text', kind: 'long', label: text.explanation, required: true },
        { key: 'objectiveCause', kind: 'long', label: text.objectiveCause },
      ],
    },
    judge_cause: {
      path: at('explanations/judgement'),
      fields: [{ key: 'confirmed', kind: 'yes_no', label: text.confirmed, required: true }, reason, document],
    },
    decide_deadline: {
      path: at('deadlines'),
      start: { due: 'on_or_before', dueDay: task.extensionRequest?.day ?? '' },
      fields: [...dueFields(due), reason, { ...document, label: text.document }],
      toBody: withDue,
    },
    urge: {
      path: at('urgings'),
      fields: [
        {
          key: 'channel',
          kind: 'choice',
          label: text.channel,
          required: true,
          choices: (['phone', 'letter', 'meeting'] as const).map((key) => [key, text.channels[key]]),
        },
        { key: 'note', kind: 'long', label: text.note },
        document,
      ],
    },
    recall: { path: at('recall'), fields: [{ ...reason, required: false }] },
    answer_information: {
      path: at('answers'),
      fields: [
        { key: 'answer', kind: 'long', label: text.answer, required: true },
        { key: 'evidence', kind: 'evidence', label: text.evidence, least: 0 },
      ],
    },
    request_information: {
      path: at('questions'),
      fields: [{ key: 'question', kind: 'long', label: text.question, required: true }],
    },
    give_opinion: {
      path: at('opinions'),
      fields: [
        {
          key: 'stance',
          kind: 'choice',
          label: text.stance,
          required: true,
          choices: (['agree', 'disagree', 'neutral'] as const).map((key) => [key, text.stances[key]]),
        },
        { key: 'opinion', kind: 'long', label: text.opinion },
      ],
    },
    reassign: {
      path: at('appraisers'),
      fields: [
        { key: 'appraiserUnit', kind: 'unit', label: text.appraiser, required: true },
        { ...reason, required: false },
        document,
      ],
    },
  };

  const ofDeed = (deed: Deed): DeedForm => ({
    name: deed,
    title: text.deeds[deed],
    send: text.deeds[deed],
    ...shapes[deed],
  });

  return { ready: definition !== undefined, ofTransition, ofDeed };
};
