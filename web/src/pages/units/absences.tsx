// Who is away now or later, and who stands in, under their own name.

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Absence, absencePeopleQuery, absencesQuery, signings } from '../../api/absences.ts';
import { everywhere } from '../../api/rights.ts';
import { useMe } from '../../api/session.ts';
import { useUnitName } from '../../api/units.ts';
import { addDays, day } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { Combobox } from '../../kit/combobox.tsx';
import { DateField } from '../../kit/date-field.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { DocumentFields, type DocumentValue, emptyDocument, isWholeDocument } from '../../kit/document-fields.tsx';
import { useDraft } from '../../kit/drafts.ts';
import { Field } from '../../kit/field.tsx';
import { FormEnd } from '../../kit/form-end.tsx';
import { Await, Empty } from '../../kit/states.tsx';
import { TableBox } from '../../kit/table-box.tsx';
import { useChange } from '../../kit/use-change.ts';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import { absenceText } from './absence-text.ts';

export const Absences = () => {
  const text = useText(absenceText);
  const me = useMe();
  const absences = useQuery(absencesQuery);
  const [adding, setAdding] = useState(false);
  const [ending, setEnding] = useState<Absence>();
  const send = useChange({
    touches: [['absences'], ['audit']],
    said: text.cancelled,
    onDone: () => setEnding(undefined),
  });
  const writes = everywhere(me, 'absence.write');
  return (
    <>
      <p className="muted">{text.about}</p>
      <div className="row">
        {writes ? (
          <Button look="primary" onClick={() => setAdding(true)}>
            {text.add}
          </Button>
        ) : (
          <p className="small muted">{text.readOnly}</p>
        )}
      </div>
      <Await query={absences}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty>{text.empty}</Empty>
          ) : (
            <TableBox label={text.title}>
              <table className="table cards">
                <thead>
                  <tr>
                    <th>{text.person}</th>
                    <th>{text.columns.from}</th>
                    <th>{text.columns.last}</th>
                    <th>{text.substitute}</th>
                    <th>{text.document}</th>
                    <td />
                  </tr>
                </thead>
                <tbody>
                  {rows.map((absence) => {
                    const { id, accountName, from, until, substituteName, signing, document } = absence;
                    return (
                      <tr key={id}>
                        <th scope="row">{accountName}</th>
                        <td data-label={text.columns.from}>{day(from)}</td>
                        <td data-label={text.columns.last}>{day(addDays(until, -1))}</td>
                        <td data-label={text.substitute}>
                          {substituteName === null
                            ? text.nobody
                            : [signing, substituteName].filter((part) => part !== null).join(' ')}
                        </td>
                        <td>{document && `${document.number}, ${day(document.date)}`}</td>
                        <td>
                          {writes && (
                            <Button onClick={() => setEnding(absence)}>
                              {text.cancel}
                              <span className="vh">{` ${accountName}`}</span>
                            </Button>
                          )}
                        </td>
                      </tr>
                    );
                  })}
                </tbody>
              </table>
            </TableBox>
          )
        }
      </Await>
      {adding && (
        <Dialog open drawer onClose={() => setAdding(false)} title={text.add}>
          <Form onClose={() => setAdding(false)} />
        </Dialog>
      )}
      {ending && (
        <Dialog
          open
          onClose={() => setEnding(undefined)}
          title={`${text.cancel}: ${ending.accountName}`}
          about={text.cancelAbout}
        >
          <div className="row">
            <Button
              look="danger"
              busy={send.isPending}
              onClick={() => send.mutate({ path: `/absences/${ending.id}`, method: 'DELETE' })}
            >
              {text.cancel}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
};

const nothing = {
  person: '',
  from: '',
  until: '',
  substitute: '',
  signing: '',
  document: emptyDocument as DocumentValue,
};

const Form = ({ onClose }: { readonly onClose: () => void }) => {
  const text = useText(absenceText);
  const words = useText(common);
  const unitName = useUnitName();
  const people = useQuery(absencePeopleQuery).data ?? [];
  const [empty] = useState(nothing);
  const { value, change: set, restored, discard, forget } = useDraft('absence', empty);
  const { document } = value;
  const [asked, setAsked] = useState(false);
  const deed = useChange({
    quiet: true,
    said: text.added,
    touches: [['absences'], ['audit']],
    onDone: () => {
      forget();
      onClose();
    },
  });
  const missing = (given: string) => (asked && given === '' ? words.required : undefined);
  const noDocument = `${document.number}${document.date}${document.issuer}`.trim() === '';
  const order = value.from !== '' && value.until !== '' && value.until <= value.from;
  const options = people.map(({ account, name, units }) => ({
    key: account,
    label: name,
    about: units.length === 0 ? text.noUnit : units.map(unitName).join(', '),
  }));
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(true);
        if (value.person === '' || value.from === '' || value.until === '' || order) return;
        if (!noDocument && !isWholeDocument(document)) return;
        deed.mutate({
          path: '/absences',
          body: {
            accountId: value.person,
            from: value.from,
            until: value.until,
            ...(value.substitute === '' ? {} : { substitute: value.substitute }),
            ...(value.signing === '' ? {} : { signing: value.signing }),
            ...(noDocument ? {} : { document }),
          },
        });
      }}
    >
      {restored && (
        <p className="notice row spread" role="status">
          <span className="grow">{words.restored}</span>
          <Button onClick={discard}>{words.discard}</Button>
        </p>
      )}
      <Field label={text.person} required error={missing(value.person)}>
        {(shared) => (
          <Combobox
            {...shared}
            clearable
            value={value.person}
            options={options}
            onChange={(person) => set({ person })}
          />
        )}
      </Field>
      <div className="fields">
        <DateField
          label={text.from}
          required
          value={value.from}
          onChange={(from) => set({ from })}
          error={missing(value.from)}
        />
        <DateField
          label={text.until}
          required
          value={value.until}
          onChange={(until) => set({ until })}
          error={missing(value.until) ?? (asked && order ? text.order : undefined)}
        />
      </div>
      <div className="fields">
        <Field label={text.substitute} hint={text.substituteHint}>
          {(shared) => (
            <Combobox
              {...shared}
              clearable
              value={value.substitute}
              options={options.filter(({ key }) => key !== value.person)}
              onChange={(substitute) => set({ substitute })}
            />
          )}
        </Field>
        <Field label={text.signing}>
          {(shared) => (
            <select {...shared} value={value.signing} onChange={({ target }) => set({ signing: target.value })}>
              <option value="">–</option>
              {signings.map((key) => (
                <option key={key} value={key}>
                  {`${key} (${text.signings[key]})`}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      <DocumentFields
        label={text.document}
        value={document}
        onChange={(changes) => set({ document: { ...document, ...changes } })}
        asked={asked && !noDocument}
      />
      <FormEnd deed={deed} submit={text.add} onClose={onClose} />
    </form>
  );
};
