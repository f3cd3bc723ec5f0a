// The phases of a programme's year: what each waits for, and recording that it began or ended.

import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { phasesQuery, type StandingPhase } from '../../api/programme-settings.ts';
import { canInProgramme } from '../../api/rights.ts';
import { useMe } from '../../api/session.ts';
import { useUnitName } from '../../api/units.ts';
import { day, number } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { type Category, StateMark } from '../../kit/state-mark.tsx';
import { Await } from '../../kit/states.tsx';
import { useText } from '../../text/index.ts';
import { phaseText } from './phase-text.ts';
import { programmeText } from './programme-text.ts';

const RecordDialog = lazy(() => import('./phase-dialogs.tsx').then((part) => ({ default: part.RecordDialog })));
const LaterDialog = lazy(() => import('./phase-dialogs.tsx').then((part) => ({ default: part.LaterDialog })));
const PlanDialog = lazy(() => import('./phase-plan.tsx').then((part) => ({ default: part.PlanDialog })));

const shapes: Readonly<Record<StandingPhase['state'], Category>> = {
  planned: 'assigned',
  waiting: 'awaiting_appraisal',
  running: 'in_progress',
  overrun: 'in_progress',
  ended: 'done',
};

interface Chosen {
  readonly phase: StandingPhase;
  readonly deed: 'start' | 'end' | 'later';
}

export const Phases = ({ code }: { readonly code: string }) => {
  const text = useText(programmeText);
  const own = useText(phaseText);
  const me = useMe();
  const phases = useQuery(phasesQuery(code));
  const [chosen, setChosen] = useState<Chosen>();
  const [planning, setPlanning] = useState(false);
  const records = canInProgramme(me, 'programme.phase', code);
  const plans = canInProgramme(me, 'programme.write', code);
  const close = () => setChosen(undefined);
  return (
    <Await query={phases}>
      {(rows) => (
        <>
          {rows.length === 0 ? (
            <p className="muted">{text.noPhases}</p>
          ) : (
            <ul role="list" className="phases" aria-label={text.phases}>
              {rows.map((row) => (
                <Row key={row.phase} row={row} {...(records ? { onChoose: setChosen } : {})} />
              ))}
            </ul>
          )}
          {plans && (
            <div className="row">
              <Button onClick={() => setPlanning(true)}>{own.plan}</Button>
            </div>
          )}
          <Suspense fallback={null}>
            {chosen?.deed === 'later' && <LaterDialog code={code} phase={chosen.phase} onClose={close} />}
            {chosen && chosen.deed !== 'later' && (
              <RecordDialog code={code} phase={chosen.phase} what={chosen.deed} onClose={close} />
            )}
            {planning && <PlanDialog code={code} phases={rows} onClose={() => setPlanning(false)} />}
          </Suspense>
        </>
      )}
    </Await>
  );
};

const Row = ({ row, onChoose }: { readonly row: StandingPhase; readonly onChoose?: (chosen: Chosen) => void }) => {
  const text = useText(programmeText);
  const own = useText(phaseText);
  const unitName = useUnitName();
  const { phase, starts, state, started, ended, startsOn, endsOn, daysLeft } = row;
  const name = text.phase[phase];
  const deed = (key: Chosen['deed'], label: string, why?: string) => (
    <Button {...(why === undefined ? {} : { why })} onClick={() => onChoose?.({ phase: row, deed: key })}>
      {label}
      <span className="vh">{` ${name}`}</span>
    </Button>
  );
  const left =
    daysLeft === null ? undefined : daysLeft < 0 ? text.late(number(-daysLeft)) : own.left(text.days(number(daysLeft)));
  const days = [
    startsOn !== null && own.from(day(startsOn)),
    endsOn !== null && own.until(day(endsOn)),
    state !== 'ended' && left,
  ].filter(Boolean);
  return (
    <li className="stack" aria-label={name}>
      <div className="row spread">
        <strong>{name}</strong>
        <StateMark category={shapes[state]} name={text.states[state]} />
      </div>
      {days.length > 0 && <p className={state === 'overrun' ? 'late' : ''}>{days.join(' · ')}</p>}
      {starts.kind === 'after_submission' && (
        <p className="small muted">
          {[
            text.after(starts.event, unitName(starts.unit)),
            started?.document && own.by(started.document.number, day(started.document.date)),
            !started && starts.tentativeDay !== undefined && own.tentative(day(starts.tentativeDay)),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      )}
      {onChoose && !ended && (
        <div className="row">
          {!started && deed('start', starts.kind === 'after_submission' ? own.recordEvent : own.recordStart)}
          {started && starts.kind === 'after_submission' && deed('later', own.later)}
          {deed('end', own.recordEnd, started ? undefined : own.startFirst)}
        </div>
      )}
    </li>
  );
};
