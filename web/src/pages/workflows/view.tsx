// A version to read: the diagram, the transitions as a table, everything else in words.

import { lazy, Suspense } from 'react';
import type { Definition } from '../../api/workflows.ts';
import { type Category, StateMark } from '../../kit/state-mark.tsx';
import { Loading } from '../../kit/states.tsx';
import { type Facts, type Told, useTold } from './told.ts';

const Diagram = lazy(async () => ({ default: (await import('./diagram.tsx')).Diagram }));

export const View = ({
  definition,
  onState,
}: {
  readonly definition: Definition;
  readonly onState?: (index: number) => void;
}) => {
  const told = useTold(definition);
  const { text } = told;
  return (
    <>
      <Suspense fallback={<Loading />}>
        <Diagram definition={definition} told={told} {...(onState ? { onState } : {})} />
      </Suspense>
      <Transitions definition={definition} told={told} />
      <States definition={definition} told={told} />
      {definition.acknowledgeWithin !== undefined && (
        <p>{`${text.acknowledgeWithin}: ${told.offset(definition.acknowledgeWithin)}.`}</p>
      )}
      <Cards
        title={text.appraisals}
        none={text.none}
        cards={definition.appraisals.map((appraisal) => [
          told.stateName(appraisal.state),
          told.appraisal(appraisal).slice(1),
        ])}
      />
      <Cards
        title={text.timers}
        none={text.none}
        cards={definition.timers.map((timer) => [told.named(timer), told.timer(timer).slice(1)])}
      />
      <Cards title={text.forms} none={text.none} cards={definition.forms.map((form) => [form.key, told.form(form)])} />
    </>
  );
};

interface Shown {
  readonly definition: Definition;
  readonly told: Told;
}

const Transitions = ({ definition, told }: Shown) => {
  const { text } = told;
  const { columns } = text;
  const mark = (key: string) => {
    const state = definition.states.find((one) => one.key === key);
    return state ? <StateMark category={state.category as Category} name={told.named(state)} /> : key;
  };
  return (
    <>
      <h2 id="transition-table">{text.transitions}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard. */}
      <section className="table-box" tabIndex={0} aria-labelledby="transition-table">
        <table className="table cards">
          <thead>
            <tr>
              <th>{columns.transition}</th>
              <th>{columns.from}</th>
              <th>{columns.to}</th>
              <th>{columns.by}</th>
              <th>{columns.require}</th>
              <th>{columns.when}</th>
            </tr>
          </thead>
          <tbody>
            {definition.transitions.map((transition, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: in a draft two may have the same key.
              <tr key={index} data-transition={transition.key}>
                <th scope="row">{told.named(transition)}</th>
                <td data-label={columns.from}>
                  <ul role="list" className="marks">
                    {transition.from.map((key) => (
                      <li key={key} data-from={key}>
                        {mark(key)}
                      </li>
                    ))}
                  </ul>
                </td>
                <td data-label={columns.to} data-to={transition.to}>
                  {mark(transition.to)}
                </td>
                <td data-label={columns.by}>{told.roles(transition.by)}</td>
                <td data-label={columns.require}>{told.required(transition) || '–'}</td>
                <td data-label={columns.when}>{told.condition(transition.when) || '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
};

const States = ({ definition, told }: Shown) => {
  const { text } = told;
  const { columns } = text;
  return (
    <>
      <h2 id="state-table">{text.states}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard. */}
      <section className="table-box" tabIndex={0} aria-labelledby="state-table">
        <table className="table cards">
          <thead>
            <tr>
              <th>{columns.state}</th>
              <th>{columns.category}</th>
              <th>{columns.holder}</th>
              <th>{columns.key}</th>
            </tr>
          </thead>
          <tbody>
            {definition.states.map((state, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: in a draft two may have the same key.
              <tr key={index} data-state={state.key}>
                <th scope="row">
                  {told.named(state)}
                  {state.initial && <span className="tag">{text.initial}</span>}
                </th>
                <td data-label={columns.category}>
                  <StateMark category={state.category as Category} name={told.category(state)} />
                </td>
                <td data-label={columns.holder}>{told.holder(state)}</td>
                <td data-label={columns.key}>
                  <code>{state.key}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
};

const Cards = ({
  title,
  none,
  cards,
}: {
  readonly title: string;
  readonly none: string;
  readonly cards: readonly (readonly [name: string, facts: Facts])[];
}) => (
  <>
    <h2>{title}</h2>
    {cards.length === 0 && <p className="muted">{none}</p>}
    <div className="fact-cards">
      {cards.map(([name, facts], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: in a draft two may have the same name.
        <section key={index} className="card stack">
          <h3>{name}</h3>
          <dl className="facts">
            {facts
              .filter(([, words]) => words !== '')
              .map(([label, words]) => (
                <div key={label} className="fact">
                  <dt>{label}</dt>
                  <dd>{words}</dd>
                </div>
              ))}
          </dl>
        </section>
      ))}
    </div>
  </>
);
