// The roles of an account as rows that can be added and taken away.

import { useQuery } from '@tanstack/react-query';
import type { DatedMembership } from '../../api/accounts.ts';
import { programmesQuery } from '../../api/programmes.ts';
import type { Role } from '../../api/session.ts';
import { unitsQuery } from '../../api/units.ts';
import { addDays, civilDay, number } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { Combobox } from '../../kit/combobox.tsx';
import { DateField } from '../../kit/date-field.tsx';
import { Field } from '../../kit/field.tsx';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import { accountsText } from './text.ts';

export interface Row {
  readonly key: string;
  readonly role: Role;
  readonly unit: string;
  readonly programme: string;
  readonly field: string;
  readonly from: string;
  /** The last day, included; the API names the one after. */
  readonly until: string;
}

export const newRow = (): Row => ({
  key: crypto.randomUUID(),
  role: 'focal_point',
  unit: '',
  programme: '',
  field: '',
  from: '',
  until: '',
});

export const rowOf = ({
  role,
  unit = '',
  programme = '',
  field = '',
  validFrom = '',
  validTo,
}: DatedMembership): Row => ({
  key: crypto.randomUUID(),
  role,
  unit,
  programme,
  field,
  from: validFrom,
  until: validTo === undefined ? '' : addDays(validTo, -1),
});

const given = (key: string, value: string) => (value.trim() === '' ? {} : { [key]: value.trim() });

export const membershipOf = ({ role, unit, programme, field, from, until }: Row): DatedMembership => ({
  role,
  ...given('unit', unit),
  ...given('programme', programme),
  ...given('field', field),
  ...given('validFrom', from),
  ...(until === '' ? {} : { validTo: addDays(until, 1) }),
});

/** What a role is bound to. */
const asks = (role: Role): Readonly<Record<'unit' | 'programme' | 'field', 'must' | 'may' | undefined>> => ({
  unit:
    role === 'head' || role === 'focal_point' || role === 'appraiser'
      ? 'must'
      : role === 'specialist' || role === 'aggregator'
        ? 'may'
        : undefined,
  programme: role === 'aggregator' ? 'must' : role === 'specialist' ? 'may' : undefined,
  field: role === 'appraiser' || role === 'specialist' ? 'may' : undefined,
});

export type RowProblem = 'unit' | 'programme' | 'days';

export const problemOf = ({ role, unit, programme, from, until }: Row): RowProblem | undefined =>
  asks(role).unit === 'must' && unit === ''
    ? 'unit'
    : asks(role).programme === 'must' && programme === ''
      ? 'programme'
      : from !== '' && until !== '' && until < from
        ? 'days'
        : undefined;

interface Props {
  readonly rows: readonly Row[];
  readonly onChange: (rows: readonly Row[]) => void;
  /** Show what is missing. */
  readonly asked: boolean;
}

export const MembershipRows = ({ rows, onChange, asked }: Props) => {
  const text = useText(accountsText);
  return (
    <div className="stack">
      {rows.map((row, index) => (
        <MembershipRow
          key={row.key}
          row={row}
          name={number(index + 1)}
          asked={asked}
          onChange={(changes) => onChange(rows.map((one) => (one.key === row.key ? { ...one, ...changes } : one)))}
          onRemove={() => onChange(rows.filter(({ key }) => key !== row.key))}
        />
      ))}
      <div className="row">
        <Button onClick={() => onChange([...rows, newRow()])}>{text.addRole}</Button>
      </div>
    </div>
  );
};

interface RowProps {
  readonly row: Row;
  readonly name: string;
  readonly asked: boolean;
  readonly onChange: (changes: Partial<Row>) => void;
  readonly onRemove: () => void;
}

const MembershipRow = ({ row, name, asked, onChange, onRemove }: RowProps) => {
  const text = useText(accountsText);
  const words = useText(common);
  const units = (useQuery(unitsQuery).data ?? []).filter(
    ({ code, validTo }) => code === row.unit || validTo === null || validTo > civilDay(),
  );
  const programmes = useQuery(programmesQuery).data ?? [];
  const problem = asked ? problemOf(row) : undefined;
  const wanted = asks(row.role);
  // What it holds is never hidden, also where its role asks for no such thing.
  const unit = wanted.unit ?? (row.unit === '' ? undefined : 'may');
  const programme = wanted.programme ?? (row.programme === '' ? undefined : 'may');
  const field = wanted.field ?? (row.field === '' ? undefined : 'may');
  const changeRole = (role: Role) => {
    const kept = asks(role);
    onChange({
      role,
      ...(kept.unit ? {} : { unit: '' }),
      ...(kept.programme ? {} : { programme: '' }),
      ...(kept.field ? {} : { field: '' }),
    });
  };
  return (
    <fieldset className="card stack membership">
      <legend>{text.roleNumber(name)}</legend>
      <div className="fields">
        <Field label={text.role} required>
          {(shared) => (
            <select {...shared} value={row.role} onChange={({ target }) => changeRole(target.value as Role)}>
              {Object.entries(words.roles).map(([key, told]) => (
                <option key={key} value={key}>
                  {told}
                </option>
              ))}
            </select>
          )}
        </Field>
        {unit && (
          <Field
            label={text.roleUnit}
            required={unit === 'must'}
            error={problem === 'unit' ? words.required : undefined}
          >
            {(shared) => (
              <Combobox
                {...shared}
                clearable
                value={row.unit}
                options={units.map(({ code, name: label }) => ({ key: code, label, about: code }))}
                onChange={(code) => onChange({ unit: code })}
              />
            )}
          </Field>
        )}
        {programme && (
          <Field
            label={text.roleProgramme}
            required={programme === 'must'}
            error={problem === 'programme' ? words.required : undefined}
          >
            {(shared) => (
              <Combobox
                {...shared}
                clearable
                value={row.programme}
                options={programmes.map(({ code, name: label }) => ({ key: code, label, about: code }))}
                onChange={(code) => onChange({ programme: code })}
              />
            )}
          </Field>
        )}
        {field && (
          <Field label={text.roleField} hint={text.roleFieldHint}>
            {(shared) => (
              <input
                {...shared}
                className="input"
                maxLength={100}
                value={row.field}
                onChange={({ target }) => onChange({ field: target.value })}
              />
            )}
          </Field>
        )}
        <DateField label={text.roleFrom} value={row.from} onChange={(from) => onChange({ from })} />
        <DateField
          label={text.roleUntil}
          value={row.until}
          onChange={(until) => onChange({ until })}
          error={problem === 'days' ? text.daysOrder : undefined}
        />
      </div>
      <div className="row spread">
        <span className="small muted">{text.dayOptional}</span>
        <Button look="quiet" aria-label={text.removeRole(name)} onClick={onRemove}>
          {text.removeRoleShort}
        </Button>
      </div>
    </fieldset>
  );
};
