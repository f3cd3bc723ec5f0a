// Planning the phases of a year. What has begun stays as it began.

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type PhaseName, phaseNames, phasesPath, type StandingPhase } from '../../api/programme-settings.ts';
import { unitsQuery } from '../../api/units.ts';
import { day } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { Combobox } from '../../kit/combobox.tsx';
import { DateField } from '../../kit/date-field.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { useDraft } from '../../kit/drafts.ts';
import { Field } from '../../kit/field.tsx';
import { FormEnd } from '../../kit/form-end.tsx';
import { useChange } from '../../kit/use-change.ts';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import { draftOf, measures, type PhaseDraft, type PlanDraft, planOf, problemsOf } from './phase-draft.ts';
import { phaseText } from './phase-text.ts';
import { programmeText } from './programme-text.ts';

interface Props {
  readonly code: string;
  readonly phases: readonly StandingPhase[];
  readonly onClose: () => void;
}

export const PlanDialog = ({ code, phases, onClose }: Props) => {
  const text = useText(phaseText);
  return (
    <Dialog open drawer onClose={onClose} title={text.planTitle} about={text.planAbout}>
      <Form code={code} phases={phases} onClose={onClose} />
    </Dialog>
  );
};

const Form = ({ code, phases, onClose }: Props) => {
  const text = useText(phaseText);
  const words = useText(common);
  const [empty] = useState(() => draftOf(phases));
  const { value, change, restored, discard, forget } = useDraft<PlanDraft>(`phases/${code}`, empty);
  const [asked, setAsked] = useState(false);
  const deed = useChange({
    quiet: true,
    said: text.saved,
    onDone: () => {
      forget();
      onClose();
    },
  });
  const wrong = phaseNames.some((name) => Object.keys(problemsOf(value[name])).length > 0);
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(true);
        if (!wrong) deed.mutate({ path: phasesPath(code), method: 'PUT', body: { phases: planOf(value, phases) } });
      }}
    >
      {restored && (
        <p className="notice row spread" role="status">
          <span className="grow">{words.restored}</span>
          <Button onClick={discard}>{words.discard}</Button>
        </p>
      )}
      {phaseNames.map((name) => (
        <Phase
          key={name}
          name={name}
          standing={phases.find(({ phase }) => phase === name)}
          value={value[name]}
          asked={asked}
          onChange={(changes) => change({ [name]: { ...value[name], ...changes } })}
        />
      ))}
      {asked && wrong && (
        <p className="small late" role="alert">
          {words.required}
        </p>
      )}
      <FormEnd deed={deed} submit={text.save} onClose={onClose} />
    </form>
  );
};

const Phase = ({
  name,
  standing,
  value,
  asked,
  onChange,
}: {
  readonly name: PhaseName;
  readonly standing: StandingPhase | undefined;
  readonly value: PhaseDraft;
  readonly asked: boolean;
  readonly onChange: (changes: Partial<PhaseDraft>) => void;
}) => {
  const text = useText(phaseText);
  const names = useText(programmeText).phase;
  const { started = null, ended = null } = standing ?? {};
  return (
    <fieldset className="stack card">
      <legend>{names[name]}</legend>
      {ended ? (
        <p className="small muted">{text.over(day(ended.on))}</p>
      ) : (
        <>
          {started ? (
            <p className="small muted">{text.begun(day(started.on))}</p>
          ) : (
            <Start value={value} asked={asked} onChange={onChange} />
          )}
          {value.starts !== 'none' && <End value={value} asked={asked} onChange={onChange} />}
        </>
      )}
    </fieldset>
  );
};

interface Part {
  readonly value: PhaseDraft;
  readonly asked: boolean;
  readonly onChange: (changes: Partial<PhaseDraft>) => void;
}

const Select = <K extends string>({
  label,
  value,
  options,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly options: Readonly<Record<K, string>>;
  readonly onChange: (value: K) => void;
}) => (
  <Field label={label}>
    {(shared) => (
      <select {...shared} value={value} onChange={({ target }) => onChange(target.value as K)}>
        {Object.entries<string>(options).map(([key, told]) => (
          <option key={key} value={key}>
            {told}
          </option>
        ))}
      </select>
    )}
  </Field>
);

const useErrors = (value: PhaseDraft, asked: boolean) => {
  const text = useText(phaseText);
  const words = useText(common);
  const found = asked ? problemsOf(value) : {};
  return (key: keyof ReturnType<typeof problemsOf>): string | undefined =>
    found[key] === undefined ? undefined : found[key] === 'length' ? text.wrongLength : words.required;
};

const Start = ({ value, asked, onChange }: Part) => {
  const text = useText(phaseText);
  const error = useErrors(value, asked);
  const units = useQuery(unitsQuery).data ?? [];
  return (
    <>
      <Select label={text.kind} value={value.starts} options={text.kinds} onChange={(starts) => onChange({ starts })} />
      {value.starts === 'on_day' && (
        <DateField
          label={text.day}
          required
          value={value.day}
          onChange={(next) => onChange({ day: next })}
          error={error('day')}
        />
      )}
      {value.starts === 'after_submission' && (
        <>
          <Field label={text.event} required hint={text.eventHint} error={error('event')}>
            {(shared) => (
              <input
                {...shared}
                className="input"
                autoComplete="off"
                maxLength={500}
                value={value.event}
                onChange={({ target }) => onChange({ event: target.value })}
              />
            )}
          </Field>
          <div className="fields">
            <Field label={text.unit} required error={error('unit')}>
              {(shared) => (
                <Combobox
                  {...shared}
                  clearable
                  value={value.unit}
                  options={units.map(({ code, name }) => ({ key: code, label: name, about: code }))}
                  onChange={(unit) => onChange({ unit })}
                />
              )}
            </Field>
            <DateField
              label={text.tentativeDay}
              value={value.tentativeDay}
              onChange={(tentativeDay) => onChange({ tentativeDay })}
            />
          </div>
        </>
      )}
    </>
  );
};

const End = ({ value, asked, onChange }: Part) => {
  const text = useText(phaseText);
  const error = useErrors(value, asked);
  return (
    <>
      <Select label={text.ends} value={value.ends} options={text.endKinds} onChange={(ends) => onChange({ ends })} />
      {value.ends === 'on_day' && (
        <DateField
          label={text.endDay}
          required
          value={value.endDay}
          onChange={(endDay) => onChange({ endDay })}
          error={error('endDay')}
        />
      )}
      {value.ends === 'within' && (
        <div className="fields">
          <Field label={text.length} required error={error('length')}>
            {(shared) => (
              <input
                {...shared}
                className="input"
                autoComplete="off"
                inputMode="numeric"
                value={value.length}
                onChange={({ target }) =>
                  onChange({ length: target.value, ...(value.measure === 'kept' ? { measure: measures[0] } : {}) })
                }
              />
            )}
          </Field>
          {value.measure !== 'kept' && (
            <Select
              label={text.measure}
              value={value.measure}
              options={text.measures}
              onChange={(measure) => onChange({ measure })}
            />
          )}
        </div>
      )}
    </>
  );
};
