// Of what rates are shares, with how many decimals, and how rounded.

import { useState } from 'react';
import type { ProgrammeSettings } from '../../api/programme-settings.ts';
import { denominators, type FigureRule, roundings } from '../../api/programmes.ts';
import { number } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { Field } from '../../kit/field.tsx';
import { useChange } from '../../kit/use-change.ts';
import { useText } from '../../text/index.ts';
import { programmeText } from './programme-text.ts';

/** @returns a rule in one line; of a programme that says nothing, the usual one */
export const useRuleWords = () => {
  const text = useText(programmeText);
  return ({ denominator = 'all', percentDigits = 1, rounding = 'half_up' }: Partial<FigureRule>): string =>
    [text.denominators[denominator], text.digitsIn(number(percentDigits)), text.roundings[rounding]].join(' · ');
};

export const RuleFields = ({
  rule,
  onChange,
}: {
  readonly rule: FigureRule;
  readonly onChange: (changes: Partial<FigureRule>) => void;
}) => {
  const text = useText(programmeText);
  return (
    <div className="fields">
      <Field label={text.denominator}>
        {(shared) => (
          <select
            {...shared}
            value={rule.denominator}
            onChange={({ target }) => onChange({ denominator: target.value as FigureRule['denominator'] })}
          >
            {denominators.map((key) => (
              <option key={key} value={key}>
                {text.denominators[key]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={text.digits}>
        {(shared) => (
          <select
            {...shared}
            value={String(rule.percentDigits)}
            onChange={({ target }) => onChange({ percentDigits: Number(target.value) })}
          >
            {[0, 1, 2].map((digits) => (
              <option key={digits} value={String(digits)}>
                {number(digits)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={text.rounding}>
        {(shared) => (
          <select
            {...shared}
            value={rule.rounding}
            onChange={({ target }) => onChange({ rounding: target.value as FigureRule['rounding'] })}
          >
            {roundings.map((key) => (
              <option key={key} value={key}>
                {text.roundings[key]}
              </option>
            ))}
          </select>
        )}
      </Field>
    </div>
  );
};

export const RuleForm = ({
  programme,
  writes,
}: {
  readonly programme: ProgrammeSettings;
  readonly writes: boolean;
}) => {
  const text = useText(programmeText);
  const inWords = useRuleWords();
  const { code, denominator, percentDigits, rounding } = programme;
  const [rule, setRule] = useState<FigureRule>({ denominator, percentDigits, rounding });
  const deed = useChange({ said: text.ruleSaved });
  if (!writes) return <p>{inWords(programme)}</p>;
  const same = rule.denominator === denominator && rule.percentDigits === percentDigits && rule.rounding === rounding;
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (!same) deed.mutate({ path: `/programmes/${encodeURIComponent(code)}/figures`, method: 'PUT', body: rule });
      }}
    >
      <RuleFields rule={rule} onChange={(changes) => setRule({ ...rule, ...changes })} />
      <p className="small muted">{text.ruleAbout}</p>
      <div className="row">
        <Button type="submit" busy={deed.isPending} why={same ? text.unchanged : undefined}>
          {text.saveRule}
        </Button>
      </div>
    </form>
  );
};
