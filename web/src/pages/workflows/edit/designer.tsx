// A draft in the making: its parts with their forms, the diagram of what it is just now, and what is still wrong with it.

import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import { problemsQuery, type Version } from '../../../api/workflows.ts';
import { number } from '../../../format.ts';
import { Button } from '../../../kit/button.tsx';
import { Empty, Loading } from '../../../kit/states.tsx';
import { useSettings } from '../../../settings.ts';
import { freeKey, partsOf } from '../json.ts';
import { useTold } from '../told.ts';
import { View } from '../view.tsx';
import { AppraisalForm, GeneralForm, StateForm, TransitionForm } from './forms.tsx';
import { RemoveAt } from './inputs.tsx';
import { JsonView } from './json-view.tsx';
import { FormForm, TimerForm } from './list-forms.tsx';
import { type Part, Problems, parts } from './problems.tsx';
import { Toolbar } from './toolbar.tsx';
import { EditingContext, useEditing, useWork } from './use-work.ts';

const Diagram = lazy(async () => ({ default: (await import('../diagram.tsx')).Diagram }));

const sections = ['view', 'general', ...parts, 'json'] as const;
type Section = (typeof sections)[number];

/** The same a moment later, when nothing came after it. */
const useSettled = <T,>(value: T): T => {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), 350);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
};

export const Designer = ({ found }: { readonly found: Version }) => {
  const work = useWork(found);
  const told = useTold(work.drawn);
  const { text } = told;
  const { language } = useSettings();
  const search = useSearch({ from: '/workflows' });
  const navigate = useNavigate({ from: '/workflows' });
  const section: Section = sections.find((one) => one === search.part) ?? 'states';
  const item = search.item === undefined ? undefined : Number(search.item);
  const settled = useSettled(work.definition);
  const { data: problems, isPlaceholderData } = useQuery(problemsQuery(settled));
  const checked = problems !== undefined && !isPlaceholderData && settled === work.definition;
  const [wanted, setWanted] = useState<{ readonly pointer: string }>();
  const box = useRef<HTMLDivElement>(null);

  const show = (part: Section, at?: number) =>
    void navigate({
      search: {
        key: search.key,
        version: search.version,
        tab: 'edit',
        part,
        ...(at === undefined ? {} : { item: String(at) }),
      } as never,
      replace: true,
      resetScroll: false,
    });
  /** Where the field of a place is. */
  const placeOf = (pointer: string): { readonly part: Section; readonly at: number | undefined } => {
    const [first = '', index] = partsOf(pointer);
    const part = parts.find((one) => one === first);
    if (part) return { part, at: index === undefined ? undefined : Number(index) };
    return { part: ['name', 'acknowledgeWithin'].includes(first) ? 'general' : 'json', at: undefined };
  };
  const lead = (pointer: string) => {
    const { part, at } = placeOf(pointer);
    show(part, at);
    setWanted({ pointer });
  };
  useEffect(() => {
    if (!wanted || !box.current) return;
    const { part, at } = placeOf(wanted.pointer);
    // The address changes a moment later than the draft.
    if (part !== section || at !== item) return;
    const field = fieldOf(box.current, wanted.pointer);
    field?.focus();
    field?.scrollIntoView({ block: 'center' });
    setWanted(undefined);
  });

  return (
    <EditingContext
      value={{
        definition: work.definition,
        drawn: work.drawn,
        told,
        problems: problems ?? [],
        language,
        replace: work.replace,
        lead,
      }}
    >
      <Toolbar found={found} work={work} problems={checked ? problems : undefined} />
      <div className="designer">
        <div className="stack" ref={box}>
          <nav className="tabs" aria-label={text.sections}>
            {sections.map((one) => (
              <Link
                key={one}
                to="."
                search={{ key: search.key, version: search.version, tab: 'edit', part: one } as never}
                resetScroll={false}
                className="tab"
                aria-current={one === section ? 'page' : undefined}
              >
                {one === 'view' ? text.tabs.view : text.parts[one]}
                <Count section={one} problems={problems ?? []} />
              </Link>
            ))}
          </nav>
          {section === 'view' && <View definition={work.drawn} onState={(index) => show('states', index)} />}
          {section === 'general' && <GeneralForm />}
          {section === 'json' && <JsonView work={work} />}
          {parts.some((part) => part === section) && <Items part={section as Part} item={item} />}
        </div>
        <Problems checked={checked} />
      </div>
      {(section === 'states' || section === 'transitions') && (
        <Suspense fallback={<Loading />}>
          <Diagram definition={work.drawn} told={told} onState={(index) => show('states', index)} />
        </Suspense>
      )}
    </EditingContext>
  );
};

/** The field of a place; else the first below it; else of what holds it. */
const fieldOf = (box: HTMLElement, pointer: string): HTMLElement | undefined => {
  const all = [...box.querySelectorAll<HTMLElement>('[data-pointer]')].map(
    (element) => [element.dataset.pointer ?? '', element] as const,
  );
  const around = all.filter(([at]) => pointer.startsWith(`${at}/`)).sort(([a], [b]) => b.length - a.length);
  const [, found] =
    all.find(([at]) => at === pointer) ?? all.find(([at]) => at.startsWith(`${pointer}/`)) ?? around[0] ?? [];
  return found?.tagName === 'FIELDSET' ? (found.querySelector<HTMLElement>('input, select, button') ?? found) : found;
};

const Count = ({
  section,
  problems,
}: {
  readonly section: Section;
  readonly problems: readonly { readonly pointer: string }[];
}) => {
  const { told } = useEditing();
  const count = problems.filter(({ pointer }) => pointer.startsWith(`/${section}`)).length;
  return count === 0 ? null : (
    <span className="tag">
      {number(count)}
      <span className="vh">{` ${told.text.problems}`}</span>
    </span>
  );
};

const forms: Readonly<Record<Part, (given: { readonly at: string }) => ReactNode>> = {
  states: StateForm,
  transitions: TransitionForm,
  appraisals: AppraisalForm,
  timers: TimerForm,
  forms: FormForm,
};

const Items = ({ part, item }: { readonly part: Part; readonly item: number | undefined }) => {
  const { drawn, told, set, lead } = useEditing();
  const search = useSearch({ from: '/workflows' });
  const { text } = told;
  const names = namesOf(part);
  const label = (index: number): string => names(drawn, told)[index] ?? text.unnamed;
  const list = drawn[part];
  const Form = forms[part];
  const chosen = item !== undefined && list[item] !== undefined ? item : undefined;
  return (
    <div className="items">
      <div className="stack">
        <ul role="list" className="item-list" aria-label={text.parts[part]}>
          {list.map((_, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a draft knows things by their place.
            <li key={index}>
              <Link
                to="."
                search={{ key: search.key, version: search.version, tab: 'edit', part, item: String(index) } as never}
                resetScroll={false}
                aria-current={index === chosen ? 'true' : undefined}
              >
                {label(index) || text.unnamed}
              </Link>
            </li>
          ))}
        </ul>
        <div>
          <Button
            data-pointer={`/${part}`}
            onClick={() => {
              set(`/${part}/${list.length}`, freshOf(part, drawn, told));
              lead(`/${part}/${list.length}/${part === 'appraisals' ? 'state' : part === 'forms' ? 'key' : 'name/vi'}`);
            }}
          >
            {text.add[part]}
          </Button>
        </div>
      </div>
      {chosen === undefined ? (
        <Empty>{text.chooseItem}</Empty>
      ) : (
        <section key={`${part} ${chosen}`} className="card stack" aria-labelledby="item-title">
          <div className="row spread">
            <h2 id="item-title">{label(chosen) || text.unnamed}</h2>
            <RemoveAt at={`/${part}/${chosen}`} name={label(chosen)} />
          </div>
          <Form at={`/${part}/${chosen}`} />
        </section>
      )}
    </div>
  );
};

type Drawn = ReturnType<typeof useEditing>['drawn'];
type Told = ReturnType<typeof useEditing>['told'];

const namesOf =
  (part: Part) =>
  (drawn: Drawn, told: Told): readonly string[] =>
    part === 'appraisals'
      ? drawn.appraisals.map(({ state }) => told.stateName(state))
      : part === 'forms'
        ? drawn.forms.map(({ key }) => key)
        : drawn[part].map(told.named);

/** Something to begin with: of the right form, so that a half-made draft can be saved. */
const freshOf = (part: Part, drawn: Drawn, { text }: Told): unknown => {
  const keys = drawn[part].map((one) => ('key' in one ? one.key : ''));
  const open = drawn.states.find(({ category }) => category === 'in_progress') ?? drawn.states[0];
  switch (part) {
    case 'states':
      return {
        key: freeKey(keys, 'state'),
        name: { vi: text.newState, en: 'New state' },
        category: 'in_progress',
        holder: 'unit',
      };
    case 'transitions':
      return {
        key: freeKey(keys, 'transition'),
        name: { vi: text.newTransition, en: 'New transition' },
        from: [],
        to: open?.key ?? 'state-1',
        by: [],
      };
    case 'appraisals': {
      const free = drawn.states.find(
        ({ key, category }) =>
          category === 'awaiting_appraisal' && !drawn.appraisals.some(({ state }) => state === key),
      );
      const leaving = drawn.transitions.filter(({ from }) => from.includes(free?.key ?? ''));
      const towards = (...wanted: readonly string[]) =>
        leaving.find(({ to }) => wanted.includes(drawn.states.find(({ key }) => key === to)?.category ?? ''))?.key ??
        drawn.transitions[0]?.key ??
        'transition-1';
      return {
        state: free?.key ?? drawn.states[0]?.key ?? 'state-1',
        rule: 'any',
        outcomes: {
          achieved: towards('done'),
          not_achieved: towards('not_done'),
          returned: towards('in_progress', 'assigned'),
        },
      };
    }
    case 'timers':
      return {
        key: freeKey(keys, 'timer'),
        name: { vi: text.newTimer, en: 'New timer' },
        states: open ? [open.key] : [],
        anchor: 'due',
        at: '07:30',
        steps: [{ offset: '-P7D', action: 'remind', to: ['lead_unit.focal_point'] }],
        max: 1,
        misfire: 'collapse',
      };
    case 'forms':
      return {
        key: freeKey(keys, 'form'),
        fields: [{ key: 'field-1', name: { vi: text.newField, en: 'New field' }, type: 'text', required: true }],
      };
  }
};
