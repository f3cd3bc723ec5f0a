// The parts of a merge, a split or a dissolution: which units, who takes over, which work goes where.

import { useUnitName } from '../../api/units.ts';
import { number } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { Field } from '../../kit/field.tsx';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import { reorganiseText } from './reorganise-text.ts';
import { codeOf, newSuccessor, type RequestDraft, type RequestProblem, type SuccessorDraft } from './request.ts';
import { UnitField, UnitFields } from './unit-fields.tsx';

interface Props {
  readonly value: RequestDraft;
  readonly change: (changes: Partial<RequestDraft>) => void;
  readonly problems: readonly RequestProblem[];
}

export const Predecessors = ({ value, change, problems }: Props) => {
  const text = useText(reorganiseText);
  const unitName = useUnitName();
  const { kind, predecessors } = value;
  if (kind === 'rename') return null;
  const error = problems.includes('predecessors') ? text.needsOne : undefined;
  if (kind === 'split')
    return (
      <div className="card stack">
        <UnitField
          label={text.predecessors.split}
          required
          value={predecessors[0] ?? ''}
          error={error}
          onChange={(code) => change({ predecessors: code === '' ? [] : [code] })}
        />
      </div>
    );
  return (
    <div className="card stack">
      <h3>{text.predecessors[kind]}</h3>
      {predecessors.length > 0 && (
        <ul className="plain row">
          {predecessors.map((code) => (
            <li key={code} className="tag chosen">
              {unitName(code)}
              <Button
                look="quiet"
                aria-label={text.removeUnit(unitName(code))}
                onClick={() => change({ predecessors: predecessors.filter((one) => one !== code) })}
              >
                {text.remove}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <UnitField
        key={predecessors.length}
        label={text.addUnit}
        value=""
        except={predecessors}
        error={error}
        onChange={(code) => code !== '' && change({ predecessors: [...predecessors, code] })}
      />
    </div>
  );
};

export const Successors = ({ value, change, asked, problems }: Props & { readonly asked: boolean }) => {
  const text = useText(reorganiseText);
  const { kind, successors } = value;
  if (kind !== 'merge' && kind !== 'split') return null;
  const shown = kind === 'merge' ? successors.slice(0, 1) : successors;
  const set = (key: string, changes: Partial<SuccessorDraft>) =>
    change({ successors: successors.map((one) => (one.key === key ? { ...one, ...changes } : one)) });
  return (
    <div className="card stack">
      <h3>{text.successors[kind]}</h3>
      {shown.map((one, index) => (
        <fieldset key={one.key} className="stack successor">
          <legend className={kind === 'merge' ? 'vh' : ''}>{text.successor(number(index + 1))}</legend>
          <div className="row">
            {[false, true].map((fresh) => (
              <label key={String(fresh)} className="check">
                <input
                  type="radio"
                  name={`fresh-${one.key}`}
                  checked={one.fresh === fresh}
                  onChange={() => set(one.key, { fresh })}
                />
                {fresh ? text.fresh : text.existing}
              </label>
            ))}
            {shown.length > 1 && (
              <Button
                look="quiet"
                aria-label={text.removeUnit(text.successor(number(index + 1)))}
                onClick={() => change({ successors: successors.filter(({ key }) => key !== one.key) })}
              >
                {text.remove}
              </Button>
            )}
          </div>
          {one.fresh ? (
            <UnitFields
              value={one.unit}
              onChange={(changes) => set(one.key, { unit: { ...one.unit, ...changes } })}
              asked={asked}
            />
          ) : (
            <UnitField
              label={text.existing}
              required
              value={one.existing}
              error={asked && one.existing === '' ? text.needsOne : undefined}
              onChange={(existing) => set(one.key, { existing })}
            />
          )}
        </fieldset>
      ))}
      {problems.includes('two') && <p className="small late">{text.needsTwo}</p>}
      {problems.includes('twice') && <p className="small late">{text.twice}</p>}
      {kind === 'split' && (
        <div className="row">
          <Button onClick={() => change({ successors: [...successors, newSuccessor()] })}>{text.addUnit}</Button>
        </div>
      )}
    </div>
  );
};

export const Mapping = ({ value, change, asked }: Omit<Props, 'problems'> & { readonly asked: boolean }) => {
  const text = useText(reorganiseText);
  const words = useText(common);
  const unitName = useUnitName();
  const { mapping, successors } = value;
  const set = (key: string, changes: object) =>
    change({ mapping: mapping.map((one) => (one.key === key ? { ...one, ...changes } : one)) });
  const choices = successors.map((one) => [codeOf(one), one.fresh ? one.unit.name : unitName(one.existing)] as const);
  return (
    <div className="card stack">
      <h3>{text.mapping}</h3>
      <p className="small muted">{text.mappingHint}</p>
      {mapping.map(({ key, field, to }) => (
        <div key={key} className="fields">
          <Field label={text.field} required error={asked && field.trim() === '' ? words.required : undefined}>
            {(shared) => (
              <input
                {...shared}
                className="input"
                maxLength={100}
                value={field}
                onChange={({ target }) => set(key, { field: target.value })}
              />
            )}
          </Field>
          <Field
            label={text.to}
            required
            error={asked && !choices.some(([code]) => code === to && code !== '') ? words.required : undefined}
          >
            {(shared) => (
              <select {...shared} value={to} onChange={({ target }) => set(key, { to: target.value })}>
                <option value="">–</option>
                {choices
                  .filter(([code]) => code !== '')
                  .map(([code, name]) => (
                    <option key={code} value={code}>
                      {name === '' ? code : name}
                    </option>
                  ))}
              </select>
            )}
          </Field>
          <div className="row end">
            <Button look="quiet" onClick={() => change({ mapping: mapping.filter((one) => one.key !== key) })}>
              {text.remove}
            </Button>
          </div>
        </div>
      ))}
      <div className="row">
        <Button onClick={() => change({ mapping: [...mapping, { key: crypto.randomUUID(), field: '', to: '' }] })}>
          {text.addMapping}
        </Button>
      </div>
    </div>
  );
};
