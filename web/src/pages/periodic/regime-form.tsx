// Which reports are owed, and by which days of every year. What this form does not show stays as it was set.

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Regime, type Reporting, reportingQuery, unitClasses } from '../../api/obligations.ts';
import { daysBetween } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { readDayEntry } from '../../kit/date-entry.ts';
import { Dialog } from '../../kit/dialog.tsx';
import { Field } from '../../kit/field.tsx';
import { Await } from '../../kit/states.tsx';
import { useChange } from '../../kit/use-change.ts';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import { periodicText } from './text.ts';

const kinds = ['half_year', 'year'] as const;
type Kind = (typeof kinds)[number];
const usual: Readonly<Record<Kind, readonly [string, string]>> = {
  half_year: ['14/6', '16/6'],
  year: ['14/12', '16/12'],
};

/** 06-16 -> 16/6 */
const shown = (yearDay: string): string => yearDay.split('-').map(Number).reverse().join('/');
/** 16/6 -> 06-16; undefined: no day that every leap year has. */
const parsed = (text: string): string | undefined => {
  const entry = readDayEntry(`${text.trim()}/2024`, { today: '2024-01-01' });
  return 'day' in entry ? entry.day.slice(5) : undefined;
};

/** Asked for only here: a programme without periodic reports answers 404, which is no fault of the page. */
export const RegimeDialog = ({ programme, onClose }: { readonly programme: string; readonly onClose: () => void }) => {
  const text = useText(periodicText);
  const reporting = useQuery(reportingQuery(programme));
  return (
    <Dialog open onClose={onClose} title={text.setRegime} about={text.regimeAbout}>
      <Await query={reporting}>
        {(found) => <RegimeForm programme={programme} reporting={found} onClose={onClose} />}
      </Await>
    </Dialog>
  );
};

const RegimeForm = ({
  programme,
  reporting,
  onClose,
}: {
  readonly programme: string;
  readonly reporting: Reporting | null;
  readonly onClose: () => void;
}) => {
  const text = useText(periodicText);
  const words = useText(common);
  const [first, ...otherRegimes] = reporting?.regimes ?? [];
  const ruleOf = (kind: Kind) => first?.periods.find((rule) => rule.kind === kind);
  const [name, setName] = useState(first?.name ?? text.regimeNameUsual);
  const [days, setDays] = useState(
    () =>
      Object.fromEntries(
        kinds.map((kind) => {
          const rule = ruleOf(kind);
          return [kind, rule ? [shown(String(rule.cutOff)), shown(String(rule.unit))] : first ? ['', ''] : usual[kind]];
        }),
      ) as Readonly<Record<Kind, readonly [string, string]>>,
  );
  const [classes, setClasses] = useState<ReadonlySet<string>>(
    new Set(first?.units.classes ?? ['department', 'district']),
  );
  const save = useChange({ said: text.regimeSaid, onDone: onClose });
  const problemOf = (kind: Kind): string | undefined => {
    const [cutOff, due] = days[kind];
    if (cutOff.trim() === '' && due.trim() === '') return undefined;
    const [last, latest] = [parsed(cutOff), parsed(due)];
    if (last === undefined || latest === undefined) return text.wrongDay;
    return daysBetween(`2024-${last}`, `2024-${latest}`) < 2 ? text.tooClose : undefined;
  };
  const others = first?.periods.filter(({ kind }) => !kinds.includes(kind as Kind)) ?? [];
  const nobody = classes.size === 0 && (first?.units.codes.length ?? 0) === 0;
  const none = kinds.every((kind) => days[kind][1].trim() === '') && others.length === 0;
  const wrong =
    nobody || none || name.trim() === '' || kinds.some((kind) => problemOf(kind) !== undefined)
      ? nobody
        ? text.whoNone
        : words.required
      : undefined;
  const regime = (): Regime => ({
    key: first?.key ?? 'dinh-ky',
    name: name.trim().normalize('NFC'),
    periods: [
      ...kinds.flatMap((kind) => {
        const [cutOff = '', unit = ''] = days[kind].map((one) => parsed(one) ?? '');
        return unit === '' ? [] : [{ ...ruleOf(kind), kind, cutOff, unit }];
      }),
      ...others,
    ],
    units: { classes: [...classes], codes: first?.units.codes ?? [], except: first?.units.except ?? [] },
  });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (wrong === undefined)
          save.mutate({
            path: `/programmes/${programme}/reporting`,
            method: 'PUT',
            version: reporting?.version ?? 0,
            body: { regimes: [regime(), ...otherRegimes] },
          });
      }}
    >
      <Field label={text.regimeName} required>
        {(given) => (
          <input {...given} className="input" maxLength={300} value={name} onChange={(e) => setName(e.target.value)} />
        )}
      </Field>
      {kinds.map((kind) => (
        <fieldset key={kind} className="regime-days">
          <legend>{kind === 'year' ? text.year : text.halfYear}</legend>
          {([1, 0] as const).map((place) => (
            <Field
              key={place}
              label={place === 1 ? text.dueDay : text.cutOff}
              error={place === 1 ? problemOf(kind) : undefined}
            >
              {(given) => (
                <input
                  {...given}
                  className="input"
                  inputMode="numeric"
                  value={days[kind][place]}
                  onChange={(event) => {
                    const [cutOff, due] = days[kind];
                    const { value } = event.target;
                    setDays({ ...days, [kind]: place === 1 ? [cutOff, value] : [value, due] });
                  }}
                />
              )}
            </Field>
          ))}
        </fieldset>
      ))}
      {others.length > 0 && (
        <p className="small muted">{text.otherPeriods(others.map((rule) => rule.name ?? rule.kind).join(', '))}</p>
      )}
      {otherRegimes.length > 0 && (
        <p className="small muted">{text.otherRegimes(otherRegimes.map((one) => one.name).join(', '))}</p>
      )}
      <fieldset>
        <legend>{text.who}</legend>
        <div className="regime-days">
          {unitClasses.map((one) => (
            <label key={one} className="check">
              <input
                type="checkbox"
                checked={classes.has(one)}
                onChange={() => {
                  const next = new Set(classes);
                  if (!next.delete(one)) next.add(one);
                  setClasses(next);
                }}
              />
              {text.classes[one]}
            </label>
          ))}
        </div>
      </fieldset>
      <div className="row">
        <Button type="submit" look="primary" busy={save.isPending} why={wrong}>
          {words.save}
        </Button>
        <Button onClick={onClose}>{words.cancel}</Button>
      </div>
    </form>
  );
};
