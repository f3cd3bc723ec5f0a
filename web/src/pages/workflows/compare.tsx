// What differs between two versions, told by the same words as the tables.

import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type Definition, type VersionSummary, versionQuery } from '../../api/workflows.ts';
import { Choice } from '../../kit/choice.tsx';
import { Await, Empty } from '../../kit/states.tsx';
import { drawable } from './json.ts';
import { type Facts, useTold } from './told.ts';

type Named = readonly (readonly [key: string, name: string, facts: Facts])[];
interface Difference {
  readonly kind: 'added' | 'removed' | 'changed';
  readonly key: string;
  readonly name: string;
  readonly changes: readonly (readonly [label: string, before: string, after: string])[];
}

const differencesOf = (before: Named, after: Named): readonly Difference[] => [
  ...after.flatMap(([key, name, facts]): readonly Difference[] => {
    const old = before.find(([one]) => one === key);
    if (!old) return [{ kind: 'added', key, name, changes: facts.map(([label, words]) => [label, '', words]) }];
    const labels = [...new Set([...old[2], ...facts].map(([label]) => label))];
    const said = (of: Facts, label: string) => of.find(([one]) => one === label)?.[1] ?? '';
    const changes = labels
      .map((label) => [label, said(old[2], label), said(facts, label)] as const)
      .filter(([, one, other]) => one !== other);
    return changes.length === 0 ? [] : [{ kind: 'changed', key, name, changes }];
  }),
  ...before
    .filter(([key]) => !after.some(([one]) => one === key))
    .map(
      ([key, name, facts]): Difference => ({
        kind: 'removed',
        key,
        name,
        changes: facts.map(([label, words]) => [label, words, '']),
      }),
    ),
];

const partsOf = (definition: Definition, told: ReturnType<typeof useTold>) => ({
  states: definition.states.map((one) => [one.key, told.named(one), told.state(one)] as const),
  transitions: definition.transitions.map((one) => [one.key, told.named(one), told.transition(one)] as const),
  appraisals: definition.appraisals.map((one) => [one.state, told.stateName(one.state), told.appraisal(one)] as const),
  timers: definition.timers.map((one) => [one.key, told.named(one), told.timer(one)] as const),
  forms: definition.forms.map((one) => [one.key, one.key, told.form(one)] as const),
  general: [
    [
      'general',
      told.named(definition),
      [
        [told.text.columns.what, told.named(definition)],
        [
          told.text.acknowledgeWithin,
          definition.acknowledgeWithin === undefined ? '' : told.offset(definition.acknowledgeWithin),
        ],
      ],
    ] as const,
  ],
});

/** @param names of the two, the older first */
export const Differences = ({
  before,
  after,
  names,
}: {
  readonly before: Definition;
  readonly after: Definition;
  readonly names: readonly [before: string, after: string];
}) => {
  const toldBefore = useTold(before);
  const toldAfter = useTold(after);
  const { text } = toldAfter;
  const [old, now] = [partsOf(before, toldBefore), partsOf(after, toldAfter)];
  const found = (['general', 'states', 'transitions', 'appraisals', 'timers', 'forms'] as const).map(
    (part) => [part, differencesOf(old[part], now[part])] as const,
  );
  if (found.every(([, list]) => list.length === 0)) return <Empty>{text.same}</Empty>;
  return (
    <>
      {found
        .filter(([, list]) => list.length > 0)
        .map(([part, list]) => (
          <section key={part} className="stack" data-part={part}>
            <h2>{text.parts[part]}</h2>
            <div className="fact-cards">
              {list.map(({ kind, key, name, changes }) => (
                <section key={key} className={`card stack difference ${kind}`} data-difference={kind}>
                  <h3>
                    <span className="tag">{text.change[kind]}</span> {name}
                  </h3>
                  <dl className="facts">
                    {changes
                      .filter(([, one, other]) => one !== '' || other !== '')
                      .map(([label, one, other]) => (
                        <div key={label} className="fact">
                          <dt>{label}</dt>
                          <dd>
                            {kind !== 'added' && one !== '' && (
                              <del>
                                <span className="vh">{`${names[0]}: `}</span>
                                {one}
                              </del>
                            )}
                            {kind !== 'removed' && other !== '' && (
                              <ins>
                                <span className="vh">{`${names[1]}: `}</span>
                                {other}
                              </ins>
                            )}
                          </dd>
                        </div>
                      ))}
                  </dl>
                </section>
              ))}
            </div>
          </section>
        ))}
    </>
  );
};

export const Compare = ({
  definition,
  versions,
}: {
  readonly definition: Definition;
  readonly versions: readonly VersionSummary[];
}) => {
  const { text } = useTold(definition);
  const search = useSearch({ from: '/workflows' });
  const navigate = useNavigate({ from: '/workflows' });
  const others = versions.filter(({ version }) => version !== definition.version);
  // The one before it, else the one after.
  const usual = others.find(({ version }) => version < definition.version) ?? others.at(-1);
  const chosen = others.find(({ version }) => String(version) === search.with) ?? usual;
  const other = useQuery({ ...versionQuery(definition.key, chosen?.version ?? 0), enabled: chosen !== undefined });
  if (!chosen) return <Empty>{text.noOther}</Empty>;
  return (
    <>
      <div className="row filters">
        <span aria-hidden="true">{text.compareWith}</span>
        <Choice
          label={text.compareWith}
          value={String(chosen.version)}
          options={others.map(({ version, status }) => [
            String(version),
            `${text.version(String(version))} – ${text.status[status]}`,
          ])}
          onChange={(version) => void navigate({ search: { ...search, with: version }, replace: true })}
        />
      </div>
      <Await query={other}>
        {(found) => {
          const old = drawable(found.definition);
          const both = [old, definition].sort((a, b) => a.version - b.version) as [Definition, Definition];
          return (
            <Differences
              before={both[0]}
              after={both[1]}
              names={[text.version(String(both[0].version)), text.version(String(both[1].version))]}
            />
          );
        }}
      </Await>
    </>
  );
};
