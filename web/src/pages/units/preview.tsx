// What it would do, before it is done. Answers to its conflicts, and where people go, are asked for here.

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type ReactNode, useMemo, useState } from 'react';
import { sentenceOf } from '../../api/problem.ts';
import {
  type Preview,
  previewQuery,
  type ReorganisationBody,
  type ReorganisationRun,
} from '../../api/reorganisations.ts';
import { useUnitName } from '../../api/units.ts';
import { civilDay, day, number } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { Failed, Loading } from '../../kit/states.tsx';
import { TableBox } from '../../kit/table-box.tsx';
import { useChange } from '../../kit/use-change.ts';
import { useSettings } from '../../settings.ts';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import { reorganiseText } from './reorganise-text.ts';
import { codeOf, type RequestDraft } from './request.ts';
import { UnitField } from './unit-fields.tsx';

interface Props {
  readonly body: ReorganisationBody;
  readonly draft: RequestDraft;
  readonly change: (changes: Partial<RequestDraft>) => void;
  readonly onEdit: () => void;
  readonly onAccepted: (id: string) => void;
}

export const PreviewStep = ({ body, draft, change, onEdit, onAccepted }: Props) => {
  const text = useText(reorganiseText);
  const words = useText(common);
  const { language } = useSettings();
  const preview = useQuery({ ...previewQuery(body), placeholderData: keepPreviousData });
  const deed = useChange<ReorganisationRun>({
    quiet: true,
    said: text.accepted,
    touches: [['reorganisations'], ['units'], ['audit']],
    onDone: ({ body: run }) => onAccepted(run.id),
  });
  const found = preview.data;
  return (
    <section className="stack" aria-label={text.effect}>
      <h2>{`${text.kinds[body.kind]}: ${text.effect.toLowerCase()}`}</h2>
      <p className="muted">
        {`${body.document.number}, ${day(body.document.date)}, ${body.document.issuer}. ${text.effectiveOn} ${day(body.effectiveOn)}.`}
      </p>
      {preview.error ? (
        <Failed error={preview.error} onRetry={() => void preview.refetch()} />
      ) : found ? (
        <>
          <Effect found={found} draft={draft} change={change} />
          <Conflicts found={found} draft={draft} change={change} />
        </>
      ) : (
        <Loading />
      )}
      {deed.error !== null && (
        <p className="notice bad" role="alert">
          {sentenceOf(deed.error, language, words)}
        </p>
      )}
      <div className="row">
        <Button onClick={onEdit}>{text.edit}</Button>
        {found && !preview.error && (
          <Button
            look="primary"
            busy={deed.isPending || preview.isPlaceholderData}
            why={found.conflictsTotal > 0 ? text.conflictsFirst : undefined}
            onClick={() => deed.mutate({ path: '/reorganisations', body })}
          >
            {body.effectiveOn > civilDay() ? text.acceptLater(day(body.effectiveOn)) : text.accept}
          </Button>
        )}
      </div>
    </section>
  );
};

interface EffectProps {
  readonly found: Preview;
  readonly draft: RequestDraft;
  readonly change: (changes: Partial<RequestDraft>) => void;
}

/** Names of units that come into being are in the draft only. */
const useNames = (draft: RequestDraft) => {
  const unitName = useUnitName();
  return (code: string): string =>
    draft.successors.find((one) => one.fresh && codeOf(one) === code)?.unit.name ?? unitName(code);
};

const Effect = ({ found, draft, change }: EffectProps) => {
  const text = useText(reorganiseText);
  const words = useText(common);
  const name = useNames(draft);
  const { created, changed, ended, tasks, openRounds, members, programmes } = found;
  const ways = Object.entries(tasks.byUnit).map(([way, count]) => {
    const [from = '', to = ''] = way.split(' → ');
    return { from, to, count };
  });
  const staying = ways.filter(({ from, to }) => from === to).reduce((sum, { count }) => sum + count, 0);
  const targets = draft.kind === 'merge' ? draft.successors.slice(0, 1) : draft.successors;
  const move = (account: string, to: string | null) =>
    change({ members: [...draft.members.filter((one) => one.account !== account), { account, to }] });
  const lines: readonly (readonly [string, ReactNode])[] = [
    [text.created, created.length > 0 && created.map(name).join(', ')],
    [text.changed, changed.length > 0 && changed.map((unit) => `${unit.code}: ${unit.name}`).join(', ')],
    [
      text.ended,
      ended.length > 0 &&
        ended
          .map(({ code, successor }) =>
            successor === null ? name(code) : `${name(code)} (${text.successorIs(name(successor))})`,
          )
          .join(', '),
    ],
    [
      text.tasks,
      tasks.total > 0 && (
        <>
          {text.taskCount(number(tasks.total))}
          <ul className="plain small muted">
            {ways
              .filter(({ from, to }) => from !== to)
              .map(({ from, to, count }) => (
                <li key={from + to}>{`${name(from)} → ${name(to)}: ${number(count)}`}</li>
              ))}
            {staying > 0 && <li>{text.staying(number(staying))}</li>}
          </ul>
        </>
      ),
    ],
    [text.openRounds, openRounds.length > 0 && openRounds.map(({ code }) => code).join(', ')],
    [
      text.programmes,
      programmes.length > 0 &&
        programmes.map(({ programme, to }) => `${programme}: ${to === null ? words.none : name(to)}`).join(', '),
    ],
  ];
  return (
    <>
      <dl className="facts card">
        {lines
          .filter(([, told]) => told !== false)
          .map(([label, told]) => (
            <div key={label} className="fact">
              <dt>{label}</dt>
              <dd>{told}</dd>
            </div>
          ))}
      </dl>
      {tasks.total + members.length + programmes.length === 0 && <p className="muted">{text.noneTouched}</p>}
      {members.length > 0 && (
        <>
          <h3>{text.members}</h3>
          <TableBox label={text.members}>
            <table className="table cards">
              <tbody>
                {members.map(({ account, name: person, role, from, to }) => (
                  <tr key={`${account} ${role} ${from}`}>
                    <th scope="row">{person}</th>
                    <td>{`${words.roles[role]} – ${name(from)}`}</td>
                    <td>
                      <select
                        aria-label={text.goesTo(person)}
                        value={to ?? ''}
                        onChange={({ target }) => move(account, target.value === '' ? null : target.value)}
                      >
                        <option value="">{text.nowhere}</option>
                        {targets.map((one) => (
                          <option key={one.key} value={codeOf(one)}>
                            {name(codeOf(one))}
                          </option>
                        ))}
                      </select>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </TableBox>
        </>
      )}
    </>
  );
};

/** One answer for all tasks of a unit that have the same appraiser. What was answered stays to be seen. */
const Conflicts = ({ found, draft, change }: EffectProps) => {
  const text = useText(reorganiseText);
  const name = useNames(draft);
  const [answered, setAnswered] = useState<Preview['conflicts']>([]);
  const all = useMemo(
    () => [...answered, ...found.conflicts.filter(({ task }) => !answered.some((one) => one.task === task))],
    [answered, found.conflicts],
  );
  const groups = new Map<string, Preview['conflicts'][number][]>();
  for (const one of all) {
    const key = `${one.leadUnit} ${one.agency}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  if (all.length === 0) return null;
  return (
    <div className="card stack">
      <h3>{text.conflicts}</h3>
      <p className="small muted">{text.conflictsAbout}</p>
      {[...groups].map(([key, conflicts]) => {
        const first = conflicts[0] as Preview['conflicts'][number];
        const tasks = conflicts.map(({ task }) => task);
        const given = draft.appraisers.find((one) => one.tasks.includes(first.task));
        return (
          <div key={key} className="stack">
            <p>{text.conflict(name(first.leadUnit), name(first.agency), number(conflicts.length))}</p>
            <p className="small muted">{conflicts.map(({ code }) => code).join(', ')}</p>
            <UnitField
              label={text.otherAgency}
              required
              value={given?.appraiserUnit ?? ''}
              except={[first.leadUnit, first.agency]}
              onChange={(appraiserUnit) => {
                const others = draft.appraisers.filter((one) => !one.tasks.includes(first.task));
                setAnswered([...answered.filter((one) => !tasks.includes(one.task)), ...conflicts]);
                change({ appraisers: appraiserUnit === '' ? others : [...others, { tasks, appraiserUnit }] });
              }}
            />
          </div>
        );
      })}
    </div>
  );
};
