// What is being written: kept in this browser until it is saved, with a way back through every step of this visit.

import { createContext, useContext, useMemo, useRef, useState } from 'react';
import type { Definition, DefinitionProblem, Version } from '../../../api/workflows.ts';
import { useDraft } from '../../../kit/drafts.ts';
import { canonical, drawable, getAt, type Json, setAt } from '../json.ts';
import type { Told } from '../told.ts';

interface Kept {
  readonly definition: Json;
  /** What was saved when the changes began. */
  readonly base: string;
  /** Of the JSON view, while it cannot be read. */
  readonly text: string | null;
}

const together = 2000;
const mostSteps = 200;

export const useWork = ({ definition: saved }: Version) => {
  const stored = saved as unknown as Json;
  const storedText = useMemo(() => canonical(stored), [stored]);
  const draft = useDraft<Kept>(`workflow/${saved.key}/${saved.version}`, {
    definition: stored,
    base: storedText,
    text: null,
  });
  const { definition: kept, base, text } = draft.value;
  const keptText = useMemo(() => canonical(kept), [kept]);
  const dirty = keptText !== base && keptText !== storedText;
  const definition = dirty ? kept : stored;
  const [steps, setSteps] = useState<{ readonly past: readonly Json[]; readonly future: readonly Json[] }>({
    past: [],
    future: [],
  });
  const last = useRef({ at: '', time: 0 });
  const write = (next: Json) => draft.change({ definition: next, base: dirty ? base : storedText, text: null });
  return {
    definition,
    drawn: useMemo(() => drawable(definition), [definition]),
    text,
    dirty,
    restored: draft.restored && dirty,
    /** Somebody saved something else in the meantime. */
    overtaken: dirty && base !== storedText,
    base: dirty ? base : storedText,
    /** @param at what is typed at one place without a pause is one step */
    replace: (next: Json, at: string) => {
      const now = performance.now();
      const goesOn = last.current.at === at && now - last.current.time < together;
      last.current = { at, time: now };
      setSteps(({ past }) => ({ past: goesOn ? past : [...past.slice(-mostSteps), definition], future: [] }));
      write(next);
    },
    setText: (typed: string) => draft.change({ text: typed }),
    canUndo: steps.past.length > 0,
    canRedo: steps.future.length > 0,
    undo: () => {
      const before = steps.past.at(-1);
      if (before === undefined) return;
      last.current = { at: '', time: 0 };
      setSteps({ past: steps.past.slice(0, -1), future: [definition, ...steps.future] });
      write(before);
    },
    redo: () => {
      const [after, ...future] = steps.future;
      if (after === undefined) return;
      last.current = { at: '', time: 0 };
      setSteps({ past: [...steps.past, definition], future });
      write(after);
    },
    /** After it was saved as this. */
    settle: (now: Json) => {
      draft.change({ definition: now, base: canonical(now), text: null });
      draft.forget();
    },
    keepMine: () => draft.change({ base: storedText }),
    takeTheirs: () => {
      setSteps(({ past }) => ({ past: [...past, definition], future: [] }));
      draft.discard();
    },
  };
};
export type Work = ReturnType<typeof useWork>;

interface Editing {
  readonly definition: Json;
  readonly drawn: Definition;
  readonly told: Told;
  readonly problems: readonly DefinitionProblem[];
  readonly language: 'vi' | 'en';
  readonly replace: (next: Json, at: string) => void;
  /** Puts the focus on the field of a place once it is drawn. */
  readonly lead: (pointer: string) => void;
}

export const EditingContext = createContext<Editing | undefined>(undefined);

export const useEditing = () => {
  const editing = useContext(EditingContext);
  if (!editing) throw new Error('Only inside the designer.');
  const { definition, replace, problems, language } = editing;
  return {
    ...editing,
    valueAt: (at: string): unknown => getAt(definition, at),
    set: (at: string, value: unknown) => {
      const next = setAt(definition, at, value);
      const parent = at.slice(0, at.lastIndexOf('/'));
      // A requirement that asks for nothing is none.
      const empty = parent.endsWith('/require') && Object.keys(getAt(next, parent) ?? {}).length === 0;
      replace(empty ? setAt(next, parent, undefined) : next, at);
    },
    /** Of a place, or of everything below it. */
    errorAt: (at: string, below = false): string | undefined => {
      const found = problems.filter(({ pointer }) => pointer === at || (below && pointer.startsWith(`${at}/`)));
      return found.length === 0 ? undefined : found.map((one) => one[language]).join(' ');
    },
  };
};
