// A new unit, and the correction of a slip. What units become by decision is a reorganisation.

import { useState } from 'react';
import type { UnitVersion } from '../../api/unit-history.ts';
import { civilDay, day } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { DateField } from '../../kit/date-field.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { useDraft } from '../../kit/drafts.ts';
import { Field } from '../../kit/field.tsx';
import { FormEnd } from '../../kit/form-end.tsx';
import { useChange } from '../../kit/use-change.ts';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import { unitsText } from './text.ts';
import {
  emptyUnit,
  type UnitDraft,
  UnitFields,
  unitBodyOf,
  useBlocName,
  wrongOrder,
  wrongUnit,
} from './unit-fields.tsx';

export const AddUnit = ({
  onClose,
  onAdded,
}: {
  readonly onClose: () => void;
  readonly onAdded: (code: string) => void;
}) => {
  const text = useText(unitsText);
  return (
    <Dialog open drawer onClose={onClose} title={text.add} about={text.addAbout}>
      <AddForm onClose={onClose} onAdded={onAdded} />
    </Dialog>
  );
};

const AddForm = ({ onClose, onAdded }: { readonly onClose: () => void; readonly onAdded: (code: string) => void }) => {
  const text = useText(unitsText);
  const words = useText(common);
  const [empty] = useState<UnitDraft & { readonly validFrom: string }>(() => ({ ...emptyUnit, validFrom: civilDay() }));
  const { value, change, restored, discard, forget } = useDraft('unit/new', empty);
  const [asked, setAsked] = useState(false);
  const deed = useChange({
    quiet: true,
    said: text.added,
    touches: [['units'], ['audit']],
    onDone: () => {
      forget();
      onAdded(value.code.trim());
    },
  });
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(true);
        if (wrongUnit(value) || value.validFrom === '') return;
        deed.mutate({ path: '/units', body: { ...unitBodyOf(value), validFrom: value.validFrom } });
      }}
    >
      {restored && (
        <p className="notice row spread" role="status">
          <span className="grow">{words.restored}</span>
          <Button onClick={discard}>{words.discard}</Button>
        </p>
      )}
      <UnitFields value={value} onChange={change} asked={asked} />
      <DateField
        label={text.validFrom}
        required
        value={value.validFrom}
        onChange={(validFrom) => change({ validFrom })}
        error={asked && value.validFrom === '' ? words.required : undefined}
      />
      <FormEnd deed={deed} submit={text.add} onClose={onClose} />
    </form>
  );
};

interface CorrectProps {
  readonly code: string;
  readonly version: UnitVersion;
  readonly onClose: () => void;
}

export const CorrectUnit = ({ code, version, onClose }: CorrectProps) => {
  const text = useText(unitsText);
  const words = useText(common);
  const blocName = useBlocName();
  const [name, setName] = useState(version.name);
  const [order, setOrder] = useState(String(version.officialOrder));
  const [bloc, setBloc] = useState(version.bloc);
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const deed = useChange({
    quiet: true,
    said: text.correctedNow,
    touches: [['units'], ['audit']],
    onDone: onClose,
  });
  const facts = {
    ...(name.trim() === version.name ? {} : { name: name.trim() }),
    ...(bloc.trim() === version.bloc ? {} : { bloc: bloc.trim() }),
    ...(Number(order) === version.officialOrder ? {} : { order: Number(order) }),
  };
  const nothing = Object.keys(facts).length === 0;
  return (
    <Dialog
      open
      onClose={onClose}
      title={`${text.correct}: ${text.fromDay(day(version.validFrom))}`}
      about={text.correctAbout}
    >
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(true);
          if (nothing || name.trim() === '' || bloc.trim() === '' || wrongOrder(order) || reason.trim() === '') return;
          deed.mutate({
            path: `/units/${encodeURIComponent(code)}/corrections`,
            body: { validFrom: version.validFrom, ...facts, reason: reason.trim() },
          });
        }}
      >
        <Field label={text.name} required error={asked && nothing ? text.nothingChanged : undefined}>
          {(shared) => (
            <input
              {...shared}
              className="input"
              maxLength={300}
              value={name}
              onChange={({ target }) => setName(target.value)}
            />
          )}
        </Field>
        <div className="fields">
          <Field label={text.order} required error={asked && wrongOrder(order) ? text.orderWrong : undefined}>
            {(shared) => (
              <input
                {...shared}
                className="input"
                inputMode="numeric"
                value={order}
                onChange={({ target }) => setOrder(target.value)}
              />
            )}
          </Field>
          <Field label={text.bloc} required hint={blocName(bloc)}>
            {(shared) => (
              <input
                {...shared}
                className="input"
                maxLength={64}
                value={bloc}
                onChange={({ target }) => setBloc(target.value)}
              />
            )}
          </Field>
        </div>
        <Field
          label={text.reason}
          hint={text.reasonHint}
          required
          error={asked && reason.trim() === '' ? words.required : undefined}
        >
          {(shared) => (
            <textarea {...shared} maxLength={1000} value={reason} onChange={({ target }) => setReason(target.value)} />
          )}
        </Field>
        <FormEnd deed={deed} submit={text.correct} onClose={onClose} />
      </form>
    </Dialog>
  );
};
