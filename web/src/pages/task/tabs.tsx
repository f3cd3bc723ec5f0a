// What belongs to a task: evidence, difficulties, reminders, documents and links.

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { fileAddress } from '../../api/client.ts';
import { answers, mayOnTask } from '../../api/deeds.ts';
import { useMe } from '../../api/session.ts';
import { filesQuery, lineageQuery, linksQuery } from '../../api/task-parts.ts';
import { type Task, taskEventsQuery } from '../../api/tasks.ts';
import { useUnitName } from '../../api/units.ts';
import { bytes, civilDay, day, daysBetween, moment, number } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { canPreview, FilePreview, PreviewButton } from '../../kit/file-preview.tsx';
import { Await } from '../../kit/states.tsx';
import { TableBox } from '../../kit/table-box.tsx';
import { useText } from '../../text/index.ts';
import { eventText } from './event-text.ts';
import { evidenceIn, useCapacity, useDocumentWords, useEventWords } from './event-words.ts';
import { LaterDeedSheet } from './later.tsx';
import { tabsText } from './tabs-text.ts';
import { taskText } from './text.ts';

export const EvidenceTab = ({ task }: { readonly task: Task }) => {
  const text = useText(tabsText);
  const files = useQuery(filesQuery(task.id));
  const events = useQuery(taskEventsQuery(task.id)).data ?? [];
  const pieces = events.flatMap((event) => evidenceIn(event).map((piece) => ({ ...piece, event })));
  const titleOf = (id: string) => pieces.find(({ file }) => file?.id === id)?.title;
  const [shown, setShown] = useState<string>();
  const papers = pieces.filter(({ file }) => file === undefined);
  return (
    <Await query={files}>
      {({ items }) => (
        <div className="stack">
          {items.length + papers.length === 0 && <p className="muted">{text.noEvidence}</p>}
          {items.length > 0 && (
            <ul role="list" className="pieces">
              {items.map((file) => (
                <li key={file.id} className="card">
                  <p>
                    {file.scan === 'clean' || file.scan === 'skipped' ? (
                      <a href={fileAddress(`/tasks/${task.id}/files/${file.id}`)} download={file.name}>
                        {titleOf(file.id) ?? file.name}
                      </a>
                    ) : (
                      <span>{titleOf(file.id) ?? file.name}</span>
                    )}
                  </p>
                  <p className="small muted">
                    {[
                      file.name,
                      bytes(file.bytes),
                      moment(file.uploadedAt),
                      text.scan[file.scan as keyof typeof text.scan],
                      file.linkedSeq === null ? text.notHandedIn : text.handedIn,
                    ].join(' · ')}
                  </p>
                  <p className="small muted hash">{`${text.sha}: ${file.sha256}`}</p>
                  {canPreview(file) && (
                    <PreviewButton
                      file={file}
                      shown={shown === file.id}
                      onToggle={() => setShown((open) => (open === file.id ? undefined : file.id))}
                    />
                  )}
                  {shown === file.id && canPreview(file) && (
                    <FilePreview taskId={task.id} file={file} title={titleOf(file.id) ?? file.name} />
                  )}
                </li>
              ))}
            </ul>
          )}
          {papers.length > 0 && (
            <section className="stack">
              <h3>{text.papers}</h3>
              <ul>
                {papers.map(({ title, reference, event }) => (
                  <li key={`${event.seq} ${title}`}>
                    {`${title}${reference === undefined ? '' : ` – ${reference}`}`}
                    <span className="small muted">{` · ${day(civilDay(event.effectiveAt))}`}</span>
                  </li>
                ))}
              </ul>
            </section>
          )}
        </div>
      )}
    </Await>
  );
};

export const DifficultiesTab = ({ task }: { readonly task: Task }) => {
  const text = useText(tabsText);
  const own = useText(taskText);
  const me = useMe();
  const unitName = useUnitName();
  const [open, setOpen] = useState<{ readonly answer: number } | { readonly redirect: number }>();
  const redirects = mayOnTask(me, 'task.redirect_difficulty', task);
  if (task.difficulties.length === 0) return <p className="muted">{text.noDifficulties}</p>;
  return (
    <>
      <ul role="list" className="pieces">
        {task.difficulties.map((difficulty) => {
          const late = difficulty.answer ? 0 : daysBetween(difficulty.answerBy, civilDay());
          return (
            <li key={difficulty.number} className="card stack">
              <p>
                <strong>{difficulty.cause}</strong>
              </p>
              {difficulty.proposal !== null && <p>{`${text.proposal}: ${difficulty.proposal}`}</p>}
              <p className="small muted">
                {[
                  text.reportedOn(day(difficulty.on)),
                  `${text.to}: ${difficulty.unit === null ? own.addressees[difficulty.addressee as 'office'] : unitName(difficulty.unit)}`,
                  `${text.answerBy} ${day(difficulty.answerBy)}`,
                ].join(' · ')}
              </p>
              {difficulty.answer ? (
                <p>{`${text.answered(day(difficulty.answer.on))}: ${difficulty.answer.text}`}</p>
              ) : (
                <p className="row">
                  <span className={late > 0 ? 'late' : ''}>
                    {late > 0 ? text.late(number(late)) : text.openDifficulty}
                  </span>
                  {answers(me, task, difficulty.unit) && (
                    <Button onClick={() => setOpen({ answer: difficulty.number })}>{text.answer}</Button>
                  )}
                  {redirects && (
                    <Button onClick={() => setOpen({ redirect: difficulty.number })}>{own.redirectDifficulty}</Button>
                  )}
                </p>
              )}
            </li>
          );
        })}
      </ul>
      {open && <LaterDeedSheet task={task} chosen={open} onClose={() => setOpen(undefined)} />}
    </>
  );
};

export const RemindersTab = ({ task }: { readonly task: Task }) => {
  const text = useText(tabsText);
  const told = useText(eventText);
  const words = useEventWords(task);
  const capacityOf = useCapacity();
  const events = useQuery(taskEventsQuery(task.id)).data ?? [];
  const past = events.filter(({ type }) => type === 'task.timer_fired' || type === 'task.timer_skipped').reverse();
  const levelOf = (action: unknown) => text.levels[action as keyof typeof text.levels] ?? '';
  const rolesOf = (to: unknown) => (Array.isArray(to) ? to.map((role) => capacityOf(String(role))).join(', ') : '');
  if (past.length + task.timers.length === 0) return <p className="muted">{text.noReminders}</p>;
  return (
    <TableBox label={text.rule}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{text.when}</th>
            <th scope="col">{text.rule}</th>
            <th scope="col">{text.level}</th>
            <th scope="col">{text.toWhom}</th>
            <th scope="col">{text.status}</th>
          </tr>
        </thead>
        <tbody>
          {[...task.timers].reverse().map(({ rule, k, dueAt }) => {
            const level = words.levelOf(rule, k);
            return (
              <tr key={`${rule} ${k}`}>
                <td className="nowrap">{moment(dueAt)}</td>
                <td>{words.ruleName(rule)}</td>
                <td>{levelOf(level?.action)}</td>
                <td>{rolesOf(level?.to)}</td>
                <td>{text.will}</td>
              </tr>
            );
          })}
          {past.map(({ seq, type, effectiveAt, payload }) => (
            <tr key={seq}>
              <td className="nowrap">{moment(effectiveAt)}</td>
              <td>{words.ruleName(payload.rule)}</td>
              <td>{levelOf(payload.action)}</td>
              <td>{rolesOf(payload.to)}</td>
              <td>
                {type === 'task.timer_fired'
                  ? text.fired
                  : `${text.skipped}: ${told.skipReasons[payload.reason as keyof typeof told.skipReasons]}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableBox>
  );
};

export const DocumentsTab = ({ task }: { readonly task: Task }) => {
  const text = useText(tabsText);
  const documentOf = useDocumentWords();
  const links = useQuery(linksQuery(task.id));
  const lineage = useQuery(lineageQuery(task.id)).data?.items ?? [];
  return (
    <Await query={links}>
      {({ document, item, links: linked }) => (
        <div className="stack">
          <section className="card stack">
            <h3>{text.source}</h3>
            {document === null && task.source === null && <p className="muted">{text.noSource}</p>}
            {document !== null ? (
              <p>{`${item === null ? '' : `${item}, `}${documentOf(document)}${document.title ? ` – ${document.title}` : ''}`}</p>
            ) : (
              task.source !== null && <p>{documentOf(task.source)}</p>
            )}
          </section>
          <section className="card stack">
            <h3>{text.linked}</h3>
            {linked.length === 0 && <p className="muted">{text.noLinks}</p>}
            {linked.length > 0 && (
              <ul>
                {linked.map(({ kind, task: other }) => (
                  <li key={`${kind} ${other.id}`}>
                    <span className="muted">{`${text.kinds[kind as keyof typeof text.kinds] ?? kind}: `}</span>
                    <Link to="/tasks/$id" params={{ id: other.id }}>
                      {`${other.code} – ${other.title}`}
                    </Link>
                  </li>
                ))}
              </ul>
            )}
          </section>
          {lineage.length > 0 && (
            <section className="card stack">
              <h3>{text.lineage}</h3>
              <ol>
                {lineage.map(({ task: of, proposal, from }) => (
                  <li key={of}>
                    <p>{text.lineageOf(String(proposal.year))}</p>
                    <p className="small">
                      {text.targetChange(String(proposal.targetFrom ?? '–'), String(proposal.target ?? '–'))}
                    </p>
                    {from?.code !== undefined && (
                      <Link to="/tasks/$id" params={{ id: from.id }}>
                        {from.code}
                      </Link>
                    )}
                  </li>
                ))}
              </ol>
            </section>
          )}
        </div>
      )}
    </Await>
  );
};
