// Recording that a phase began or ended. What the recording sets is told before it is sent: it cannot be taken back.

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { sentenceOf } from '../../api/problem.ts';
import {
  type DeadlinesSet,
  phasesPath,
  type StandingPhase,
  type WaitingDeadlines,
  waitingDeadlinesQuery,
} from '../../api/programme-settings.ts';
import { useUnitName } from '../../api/units.ts';
import { civilDay, day, number } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { DateField } from '../../kit/date-field.tsx';
import { DeedDialog } from '../../kit/deed-dialog.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { DocumentFields, type DocumentValue, emptyDocument, isWholeDocument } from '../../kit/document-fields.tsx';
import { useDraft } from '../../kit/drafts.ts';
import { Await } from '../../kit/states.tsx';
import { TableBox } from '../../kit/table-box.tsx';
import { useChange } from '../../kit/use-change.ts';
import { useSettings } from '../../settings.ts';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import { refusals } from '../../text/refusals.ts';
import { phaseText } from './phase-text.ts';
import { programmeText } from './programme-text.ts';

interface Props {
  readonly code: string;
  readonly phase: StandingPhase;
  readonly onClose: () => void;
}

interface Draft {
  readonly on: string;
  readonly document: DocumentValue;
}

export const RecordDialog = ({ code, phase, what, onClose }: Props & { readonly what: 'start' | 'end' }) => {
  const text = useText(phaseText);
  const words = useText(common);
  const names = useText(programmeText).phase;
  const unitName = useUnitName();
  const today = civilDay();
  const [empty] = useState<Draft>({ on: today, document: emptyDocument });
  const draft = useDraft<Draft>(`phase/${code}/${phase.phase}/${what}`, empty);
  const [told, setTold] = useState<DeadlinesSet>();
  const { on, document } = draft.value;
  const { starts } = phase;
  const event = what === 'start' && starts.kind === 'after_submission' ? starts : undefined;
  const wanted = event !== undefined;
  const said = `${document.number}${document.date}${document.issuer}`.trim() !== '';
  const waiting = useQuery({
    ...waitingDeadlinesQuery(code, phase.phase, on),
    enabled: event !== undefined && on !== '',
  });
  const count = event ? (waiting.data?.items.length ?? 0) : 0;
  const early = what === 'end' && phase.startsOn !== null && on !== '' && on < phase.startsOn;
  const ready = on !== '' && !early && (said ? isWholeDocument(document) : !wanted);
  const name = names[phase.phase];
  if (told) return <Result told={told} onClose={onClose} />;
  return (
    <DeedDialog<{ readonly deadlines?: DeadlinesSet }>
      open
      onClose={onClose}
      title={event ? text.titles.event(name) : text.titles[what](name)}
      about={event ? text.about.event(unitName(event.unit), event.event) : text.about[what]}
      submit={count === 0 ? text.send : text.sendWith(number(count))}
      said={text.recorded}
      stays={({ deadlines }) => deadlines !== undefined && deadlines.set + deadlines.refused.length > 0}
      onDone={({ deadlines }) => {
        draft.forget();
        if (deadlines && deadlines.set + deadlines.refused.length > 0) setTold(deadlines);
      }}
      deed={
        ready
          ? {
              path: `${phasesPath(code)}/${phase.phase}/${what}`,
              body: { on, ...(said ? { document } : {}) },
            }
          : undefined
      }
    >
      {draft.restored && (
        <p className="notice row spread" role="status">
          <span className="grow">{words.restored}</span>
          <Button onClick={draft.discard}>{words.discard}</Button>
        </p>
      )}
      <DateField
        label={event ? text.on : text.onPlain}
        required
        past
        to={today}
        value={on}
        onChange={(next) => draft.change({ on: next })}
        error={early ? text.early : undefined}
      />
      <DocumentFields
        label={wanted ? text.document : text.documentOptional}
        required={wanted}
        value={document}
        onChange={(changes) => draft.change({ document: { ...document, ...changes } })}
      />
      {event && on !== '' && (
        <div className="stack">
          <h3>{text.effects}</h3>
          <Await query={waiting}>{(found) => <Waiting found={found} code={code} />}</Await>
        </div>
      )}
    </DeedDialog>
  );
};

/** Which deadlines will be set, and to what. */
const Waiting = ({ found, code }: { readonly found: WaitingDeadlines; readonly code: string }) => {
  const text = useText(phaseText);
  const unitName = useUnitName();
  if (found.items.length === 0) return <p className="muted">{text.setsNothing}</p>;
  return (
    <>
      <p>{text.sets(number(found.items.length))}</p>
      <TableBox label={text.effects}>
        <table className="table cards">
          <thead>
            <tr>
              <th>{text.columns.task}</th>
              <th>{text.columns.unit}</th>
              <th>{text.columns.due}</th>
            </tr>
          </thead>
          <tbody>
            {found.items.map((item) => (
              <tr key={item.id}>
                <th scope="row">
                  {`${item.code} – ${item.title}${item.programme === code ? '' : ` (${item.programme})`}`}
                </th>
                <td data-label={text.columns.unit}>{unitName(item.unit)}</td>
                <td data-label={text.columns.due}>{item.dueOn === null ? text.noDue : day(item.dueOn)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableBox>
    </>
  );
};

const Result = ({ told, onClose }: { readonly told: DeadlinesSet; readonly onClose: () => void }) => {
  const text = useText(phaseText);
  const why = useText(refusals);
  const words = useText(common);
  return (
    <Dialog open onClose={onClose} title={text.recorded}>
      <div className="stack">
        <p className={told.refused.length === 0 ? 'notice good' : 'notice'} role="status">
          {text.result(number(told.set))}
        </p>
        {told.refused.length > 0 && (
          <>
            <p>{text.refused(number(told.refused.length))}</p>
            <ul>
              {told.refused.map(({ id, code, reason }) => (
                <li key={id}>{`${code}: ${why[reason as keyof typeof why] ?? why.other}`}</li>
              ))}
            </ul>
          </>
        )}
        <div className="row">
          <Button look="primary" onClick={onClose}>
            {words.close}
          </Button>
        </div>
      </div>
    </Dialog>
  );
};

/** Tasks that came after the event was recorded wait until somebody sets their deadlines. */
export const LaterDialog = ({ code, phase, onClose }: Props) => {
  const text = useText(phaseText);
  const words = useText(common);
  const names = useText(programmeText).phase;
  const { language } = useSettings();
  const [told, setTold] = useState<DeadlinesSet>();
  const waiting = useQuery(waitingDeadlinesQuery(code, phase.phase, undefined));
  const deed = useChange<DeadlinesSet>({ quiet: true, onDone: ({ body }) => setTold(body) });
  const count = waiting.data?.items.length ?? 0;
  if (told) return <Result told={told} onClose={onClose} />;
  return (
    <Dialog
      open
      onClose={onClose}
      title={text.titles.later(names[phase.phase])}
      about={phase.starts.kind === 'after_submission' ? text.about.later(phase.starts.event) : ''}
    >
      <div className="stack">
        <Await query={waiting}>{(found) => <Waiting found={found} code={code} />}</Await>
        {deed.error !== null && (
          <p className="notice bad" role="alert">
            {sentenceOf(deed.error, language, words)}
          </p>
        )}
        <div className="row">
          <Button
            look="primary"
            busy={deed.isPending}
            {...(count === 0 ? { why: text.nothingLater } : {})}
            onClick={() => deed.mutate({ path: `${phasesPath(code)}/${phase.phase}/deadlines` })}
          >
            {text.sendLater(number(count))}
          </Button>
          <Button onClick={onClose}>{words.cancel}</Button>
        </div>
      </div>
    </Dialog>
  );
};
