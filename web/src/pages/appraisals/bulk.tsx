// Passing several claims at once: those that were opened, counted, under one document, each standing or falling alone.

import { useState } from 'react';
import type { DeskItem } from '../../api/appraisals.ts';
import type { ProblemBody } from '../../api/problem.ts';
import { number } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { dayFromText } from '../../kit/day-text.ts';
import { Dialog } from '../../kit/dialog.tsx';
import { Field } from '../../kit/field.tsx';
import { useChange } from '../../kit/use-change.ts';
import { useSettings } from '../../settings.ts';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import { appraisalsText } from './text.ts';

interface Result {
  readonly ok: readonly { readonly id: string }[];
  readonly failed: Readonly<Record<string, ProblemBody>>;
}

/** @param items that were opened, in any state */
export const Bulk = ({ items }: { readonly items: readonly DeskItem[] }) => {
  const text = useText(appraisalsText);
  const [chosen, setChosen] = useState<readonly DeskItem[]>();
  const able = items.filter(
    ({ waiting, actions }) =>
      waiting === 'mine' && actions.answers.some(({ outcome, refused }) => outcome === 'achieved' && !refused),
  );
  return (
    <>
      <Button why={able.length === 0 ? text.bulkNone : undefined} onClick={() => setChosen(able)}>
        {text.bulk(number(able.length))}
      </Button>
      {chosen && <BulkDialog items={chosen} onClose={() => setChosen(undefined)} />}
    </>
  );
};

const empty = { number: '', date: '', issuer: '' };

const BulkDialog = ({ items, onClose }: { readonly items: readonly DeskItem[]; readonly onClose: () => void }) => {
  const text = useText(appraisalsText);
  const words = useText(common);
  const { language } = useSettings();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [paper, setPaper] = useState(empty);
  const [result, setResult] = useState<Result>();
  const send = useChange<Result>({ onDone: ({ body }) => setResult(body) });
  const wanted = items.filter(({ id }) => !left.has(id));
  const date = dayFromText(paper.date);
  const texts = Object.values(paper).map((one) => one.trim());
  const whole = texts.every((one) => one !== '') && date !== undefined;
  const wrong = texts.some((one) => one !== '') && !whole ? text.documentPartly : undefined;
  if (result) {
    const failed = Object.entries(result.failed);
    return (
      <Dialog open onClose={onClose} title={text.bulkTitle}>
        <p role="status" className={failed.length === 0 ? 'notice good' : 'notice'}>
          {text.bulkDone(number(result.ok.length), number(result.ok.length + failed.length))}
        </p>
        {failed.length > 0 && (
          <>
            <p>{text.bulkFailed(number(failed.length))}</p>
            <ul>
              {failed.map(([id, problem]) => (
                <li key={id}>
                  <strong>{items.find((item) => item.id === id)?.code}</strong>{' '}
                  {language === 'en' ? problem.detailEn : problem.detail}
                </li>
              ))}
            </ul>
          </>
        )}
        <Button look="primary" onClick={onClose}>
          {words.close}
        </Button>
      </Dialog>
    );
  }
  return (
    <Dialog open onClose={onClose} title={text.bulkTitle} about={text.bulkAbout}>
      <ul role="list" className="bulk-list">
        {items.map(({ id, code, title, unit }) => (
          <li key={id}>
            <label className="check">
              <input
                type="checkbox"
                checked={!left.has(id)}
                onChange={() => {
                  const next = new Set(left);
                  if (!next.delete(id)) next.add(id);
                  setLeft(next);
                }}
              />
              <span>
                {title} <span className="small muted">{`${code} · ${unit.name}`}</span>
              </span>
            </label>
          </li>
        ))}
      </ul>
      <fieldset className="stack">
        <legend>{text.bulkDocument}</legend>
        <div className="row">
          {(['number', 'date', 'issuer'] as const).map((key) => (
            <div key={key} className="grow">
              <Field label={text[key]} error={key === 'date' ? wrong : undefined}>
                {(given) => (
                  <input
                    {...given}
                    className="input"
                    value={paper[key]}
                    onChange={(event) => setPaper({ ...paper, [key]: event.target.value })}
                  />
                )}
              </Field>
            </div>
          ))}
        </div>
      </fieldset>
      <div className="row">
        <Button
          look="primary"
          busy={send.isPending}
          why={wrong ?? (wanted.length === 0 ? text.bulkNone : undefined)}
          onClick={() =>
            send.mutate({
              path: '/tasks/transitions',
              body: {
                outcome: 'achieved',
                items: wanted.map(({ id, version }) => ({ id, version })),
                ...(whole ? { document: { number: paper.number.trim(), date, issuer: paper.issuer.trim() } } : {}),
              },
            })
          }
        >
          {text.bulkGo(number(wanted.length))}
        </Button>
        <Button onClick={onClose}>{words.cancel}</Button>
      </div>
    </Dialog>
  );
};
