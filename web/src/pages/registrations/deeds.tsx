// Deeds of a whole round: opening it, carrying forward, proposing, submitting, deciding.

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { programmesQuery } from '../../api/programmes.ts';
import { openRowsOf, type WholeRegistration } from '../../api/registrations.ts';
import { canOnRegistration, headsOf } from '../../api/rights.ts';
import { useMe } from '../../api/session.ts';
import { unitsQuery, useUnitName } from '../../api/units.ts';
import { number } from '../../format.ts';
import { Choice } from '../../kit/choice.tsx';
import { DeedDialog } from '../../kit/deed-dialog.tsx';
import { useDraft } from '../../kit/drafts.ts';
import { Field } from '../../kit/field.tsx';
import { readNumber } from '../../kit/numbers.ts';
import { useText } from '../../text/index.ts';
import { registrationDeeds } from './deed-text.ts';
import { DocumentFields, documentOf, noDocument } from './document-fields.tsx';
import { useTaskDue } from './task-due.tsx';
import { registrationsText } from './text.ts';

interface Given {
  readonly registration: WholeRegistration;
  readonly onClose: () => void;
}

export const OpenDialog = ({
  onClose,
  onOpened,
}: {
  readonly onClose: () => void;
  readonly onOpened: (id: string) => void;
}) => {
  const { open: text } = useText(registrationDeeds);
  const programmes = [...(useQuery(programmesQuery).data ?? [])].sort((one, other) => other.year - one.year);
  const [programme, setProgramme] = useState('');
  const [source, setSource] = useState('');
  const [typed, setTyped] = useState(noDocument);
  const document = documentOf(typed);
  const year = programmes.find(({ code }) => code === programme)?.year ?? 0;
  return (
    <DeedDialog<{ readonly id: string }>
      open
      onClose={onClose}
      title={text.open}
      about={text.about}
      submit={text.submit}
      said={text.said}
      onDone={({ id }) => onOpened(id)}
      deed={
        programme === '' || document === undefined
          ? undefined
          : { path: '/registrations', body: { programme, sourceProgramme: source === '' ? null : source, document } }
      }
    >
      <Choice
        label={text.programme}
        all={`${text.programme}…`}
        value={programme}
        options={programmes.map(({ code, name }) => [code, name])}
        onChange={setProgramme}
      />
      <Choice
        label={text.source}
        all={`${text.source}…`}
        value={source}
        options={programmes.filter((each) => each.year < year).map(({ code, name }) => [code, name])}
        onChange={setSource}
      />
      <DocumentFields value={typed} onChange={setTyped} />
    </DeedDialog>
  );
};

/** Units for which this person proposes: all, or their own. */
const useMyUnits = (registration: WholeRegistration): readonly (readonly [string, string])[] => {
  const me = useMe();
  const units = useQuery(unitsQuery).data ?? [];
  return units
    .filter(({ code }) => canOnRegistration(me, 'registration.propose', registration.programme, code))
    .map(({ code, name }) => [code, name]);
};

export const CarryDialog = ({ registration, onClose }: Given) => {
  const { carry: text } = useText(registrationDeeds);
  const units = useMyUnits(registration);
  const all = canOnRegistration(useMe(), 'registration.review', registration.programme, null);
  const [unit, setUnit] = useState(all ? '' : (units[0]?.[0] ?? ''));
  return (
    <DeedDialog
      open
      onClose={onClose}
      title={text.open}
      about={text.about}
      submit={text.submit}
      said={text.said}
      deed={
        !all && unit === ''
          ? undefined
          : { path: `/registrations/${registration.id}/carry-forward`, body: unit === '' ? {} : { unit } }
      }
    >
      <Choice label={text.unit} {...(all ? { all: text.all } : {})} value={unit} options={units} onChange={setUnit} />
    </DeedDialog>
  );
};

export const ProposeDialog = ({ registration, onClose }: Given) => {
  const { propose: text } = useText(registrationDeeds);
  const units = useMyUnits(registration);
  const [unit, setUnit] = useState(units.length === 1 ? (units[0]?.[0] ?? '') : '');
  const draft = useDraft(`registration/${registration.id}/propose`, { title: '', target: '', measureUnit: '' });
  const fields = draft.value;
  const { title, target, measureUnit } = fields;
  return (
    <DeedDialog
      open
      onClose={onClose}
      title={text.open}
      about={text.about}
      submit={text.submit}
      said={text.said}
      onDone={draft.forget}
      deed={
        unit === '' || title.trim() === ''
          ? undefined
          : {
              path: `/registrations/${registration.id}/proposals`,
              body: {
                units: [unit],
                title: title.trim(),
                ...(target.trim() === '' ? {} : { target: readNumber(target) ?? target.trim() }),
                ...(measureUnit.trim() === '' ? {} : { measureUnit: measureUnit.trim() }),
              },
            }
      }
    >
      <Choice label={text.unit} all={`${text.unit}…`} value={unit} options={units} onChange={setUnit} />
      {(['title', 'target', 'measureUnit'] as const).map((key) => (
        <Field key={key} label={text[key]} required={key === 'title'}>
          {(given) => (
            <input
              {...given}
              className="input"
              maxLength={key === 'title' ? 1000 : 100}
              value={fields[key]}
              onChange={(event) => draft.change({ [key]: event.target.value })}
            />
          )}
        </Field>
      ))}
    </DeedDialog>
  );
};

export const SubmitDialog = ({ registration, onClose }: Given) => {
  const { submit: text } = useText(registrationDeeds);
  const units = headsOf(useMe()).filter((unit) => openRowsOf(registration, unit).length > 0);
  const unitName = useUnitName();
  const [unit, setUnit] = useState(units[0] ?? '');
  return (
    <DeedDialog
      open
      onClose={onClose}
      title={text.open}
      about={text.about(number(openRowsOf(registration, unit).length))}
      submit={text.submit}
      said={text.said}
      deed={unit === '' ? undefined : { path: `/registrations/${registration.id}/submissions`, body: { unit } }}
    >
      <Choice
        label={text.unit}
        value={unit}
        options={units.map((code) => [code, unitName(code)] as const)}
        onChange={setUnit}
      />
    </DeedDialog>
  );
};

export const BlocDialog = ({ registration, onClose }: Given) => {
  const { bloc: text, opinion } = useText(registrationDeeds);
  const { blocs } = useText(registrationsText);
  const units = useQuery(unitsQuery).data ?? [];
  const proposing = new Set(registration.proposals.map(({ unit }) => unit));
  const found = [...new Set(units.filter(({ code }) => proposing.has(code)).flatMap(({ bloc }) => bloc ?? []))];
  const [bloc, setBloc] = useState(found[0] ?? '');
  const draft = useDraft(`registration/${registration.id}/bloc-opinion`, { said: '' });
  const { said } = draft.value;
  return (
    <DeedDialog
      open
      onClose={onClose}
      title={text.open}
      about={text.about}
      submit={opinion.submit}
      said={opinion.said}
      onDone={draft.forget}
      deed={
        bloc === '' || said.trim() === ''
          ? undefined
          : { path: `/registrations/${registration.id}/opinions`, body: { bloc, text: said.trim() } }
      }
    >
      <Choice
        label={text.bloc}
        value={bloc}
        options={found.map((each) => [each, blocs[each as keyof typeof blocs] ?? each] as const)}
        onChange={setBloc}
      />
      <Field label={opinion.text} required>
        {(given) => (
          <textarea
            {...given}
            maxLength={4000}
            value={said}
            onChange={(event) => draft.change({ said: event.target.value })}
          />
        )}
      </Field>
    </DeedDialog>
  );
};

/** Everything submitted is approved, but the rows chosen in the list. */
export const DecideDialog = ({
  registration,
  rejected,
  onClose,
  onSent,
}: Given & { readonly rejected: ReadonlySet<string>; readonly onSent: () => void }) => {
  const { decide: text } = useText(registrationDeeds);
  const draft = useDraft(`registration/${registration.id}/decide`, { document: noDocument, reason: '' });
  const { document: typed, reason } = draft.value;
  const document = documentOf(typed);
  const submitted = registration.proposals.filter(({ status }) => status === 'submitted');
  const refused = submitted.filter(({ id }) => rejected.has(id));
  const due = useTaskDue(registration);
  return (
    <DeedDialog
      open
      onClose={onClose}
      title={text.open}
      about={text.about(number(submitted.length - refused.length), number(refused.length))}
      submit={text.submit}
      said={text.said}
      onDone={() => {
        draft.forget();
        due.forget();
        onSent();
      }}
      deed={
        !document || !due.body || (refused.length > 0 && reason.trim() === '')
          ? undefined
          : {
              path: `/registrations/${registration.id}/decisions`,
              body: {
                document,
                approve: 'all',
                ...due.body,
                reject: refused.map(({ id }) => ({ id, reason: reason.trim() })),
              },
            }
      }
    >
      <DocumentFields value={typed} onChange={(next) => draft.change({ document: next })} required />
      {refused.length > 0 && (
        <Field label={text.reason} required>
          {(given) => (
            <textarea
              {...given}
              maxLength={1000}
              value={reason}
              onChange={(event) => draft.change({ reason: event.target.value })}
            />
          )}
        </Field>
      )}
      {due.fields}
    </DeedDialog>
  );
};
