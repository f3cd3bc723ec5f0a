// The form of each kind of thing in a definition. What no form can show honestly is written in the JSON view.

import { categories, holders, outcomes, taskRoles, votingRules } from '../../../api/workflows.ts';
import { number } from '../../../format.ts';
import { common } from '../../../text/common.ts';
import { useText } from '../../../text/index.ts';
import { setAt } from '../json.ts';
import { isFinal } from '../told.ts';
import { CheckAt, ChecksAt, Group, KeyAt, NamesAt, NumberAt, SelectAt, WhenAt } from './inputs.tsx';
import { OffsetAt } from './offset.tsx';
import { useEditing } from './use-work.ts';

export interface Item {
  readonly at: string;
}

export const optionsOf = <K extends string>(keys: readonly K[], words: Readonly<Record<K, string>>) =>
  keys.map((key) => [key, words[key]] as const);

export const useStates = () => {
  const { drawn, told } = useEditing();
  return drawn.states.map((state) => ({ ...state, option: [state.key, told.named(state)] as const }));
};

export const GeneralForm = () => {
  const { drawn, told } = useEditing();
  const { text } = told;
  return (
    <section className="card stack">
      <h2>{text.parts.general}</h2>
      <dl className="facts">
        <dt>{text.key}</dt>
        <dd>
          <code>{drawn.key}</code>
        </dd>
        <dt>{text.columns.version}</dt>
        <dd>{number(drawn.version)}</dd>
      </dl>
      <NamesAt at="/name" />
      <OffsetAt at="/acknowledgeWithin" label={text.acknowledgeWithin} none={text.noDeadline} />
    </section>
  );
};

export const StateForm = ({ at }: Item) => {
  const { definition, drawn, replace, valueAt, errorAt, told } = useEditing();
  const { text } = told;
  const { states } = useText(common);
  const setCategory = (category: string | undefined) => {
    const named = setAt(definition, `${at}/category`, category ?? '');
    const holder = valueAt(`${at}/holder`);
    const fitting = isFinal(category ?? '')
      ? undefined
      : category === 'awaiting_appraisal' && (holder === undefined || holder === 'unit')
        ? 'appraiser'
        : (holder ?? 'unit');
    replace(setAt(named, `${at}/holder`, fitting), at);
  };
  const setInitial = (initial: boolean) =>
    replace(
      drawn.states.reduce(
        (next, _, index) =>
          setAt(next, `/states/${index}/initial`, initial && at === `/states/${index}` ? true : undefined),
        definition,
      ),
      at,
    );
  const initialError = errorAt(`${at}/initial`);
  return (
    <>
      <NamesAt at={`${at}/name`} />
      <KeyAt at={`${at}/key`} />
      <div className="pair">
        <SelectAt
          at={`${at}/category`}
          label={text.category}
          hint={text.categoryHint}
          options={optionsOf(categories, states)}
          onChange={setCategory}
        />
        <SelectAt
          at={`${at}/holder`}
          label={text.holder}
          none={text.nobody}
          options={optionsOf(holders, text.holders)}
        />
      </div>
      <label className="check">
        <input
          type="checkbox"
          data-pointer={`${at}/initial`}
          checked={valueAt(`${at}/initial`) === true}
          onChange={(event) => setInitial(event.target.checked)}
        />
        {text.initial}
      </label>
      {initialError !== undefined && <p className="small late">{initialError}</p>}
    </>
  );
};

export const TransitionForm = ({ at }: Item) => {
  const { drawn, told } = useEditing();
  const { text } = told;
  const states = useStates().map(({ option }) => option);
  return (
    <>
      <NamesAt at={`${at}/name`} />
      <KeyAt at={`${at}/key`} />
      <ChecksAt at={`${at}/from`} label={text.columns.from} options={states} />
      <SelectAt at={`${at}/to`} label={text.columns.to} options={states} />
      <ChecksAt at={`${at}/by`} label={text.columns.by} options={optionsOf(taskRoles, text.roles)} />
      <Group at={`${at}/require`} label={text.require} deep={false}>
        <div className="pair">
          <SelectAt
            at={`${at}/require/form`}
            label={text.form}
            none={text.noForm}
            options={drawn.forms.map(({ key }) => [key, key] as const)}
          />
          <NumberAt at={`${at}/require/evidence`} label={text.evidence} hint={text.evidenceHint} />
        </div>
        <CheckAt at={`${at}/require/reason`} label={text.reason} />
        <CheckAt at={`${at}/require/document`} label={text.document} />
      </Group>
      <WhenAt at={`${at}/when`} />
    </>
  );
};

export const AppraisalForm = ({ at }: Item) => {
  const { definition, drawn, replace, valueAt, told } = useEditing();
  const { text } = told;
  const states = useStates();
  const state = valueAt(`${at}/state`);
  const leaving = drawn.transitions.filter(({ from }) => from.includes(String(state)));
  return (
    <>
      <SelectAt
        at={`${at}/state`}
        label={text.columns.state}
        options={states.filter(({ category }) => category === 'awaiting_appraisal').map(({ option }) => option)}
      />
      <div className="pair">
        <SelectAt
          at={`${at}/rule`}
          label={text.rule}
          options={optionsOf(votingRules, text.rules)}
          onChange={(rule) => {
            const next = setAt(definition, `${at}/rule`, rule ?? '');
            replace(setAt(next, `${at}/quorum`, rule === 'quorum' ? 2 : undefined), at);
          }}
        />
        {(valueAt(`${at}/rule`) === 'quorum' || valueAt(`${at}/quorum`) !== undefined) && (
          <NumberAt at={`${at}/quorum`} label={text.quorum} />
        )}
      </div>
      <div className="pair">
        <SelectAt
          at={`${at}/participants`}
          label={text.participants}
          none={text.byDefault}
          options={optionsOf(['opinion', 'vote'] as const, text.participantsOf)}
        />
        <SelectAt
          at={`${at}/veto`}
          label={text.veto}
          none={text.noVeto}
          options={optionsOf(['lead', 'any'] as const, text.vetoOf)}
        />
      </div>
      {outcomes.map((outcome) => (
        <SelectAt
          key={outcome}
          at={`${at}/outcomes/${outcome}`}
          label={text.outcomes[outcome]}
          options={leaving.map((transition) => [transition.key, told.named(transition)] as const)}
        />
      ))}
      <OffsetAt at={`${at}/within`} label={text.within} none={text.noDeadline} />
    </>
  );
};
