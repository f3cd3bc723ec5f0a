// What is passed, under which document, and what became of each claim.

import { useState } from 'react';
import type { DeskItem } from '../../api/appraisals.ts';
import type { ProblemBody } from '../../api/problem.ts';
import { civilDay, number } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { DocumentFields, documentOf, emptyDocument } from '../../kit/document-fields.tsx';
import { useChange } from '../../kit/use-change.ts';
import { useSettings } from '../../settings.ts';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import { appraisalsText } from './text.ts';

interface Result {
  readonly ok: readonly { readonly id: string }[];
  readonly failed: Readonly<Record<string, ProblemBody>>;
}

export const BulkDialog = ({
  items,
  onClose,
}: {
  readonly items: readonly DeskItem[];
  readonly onClose: () => void;
}) => {
  const text = useText(appraisalsText);
  const words = useText(common);
  const { language } = useSettings();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [paper, setPaper] = useState(emptyDocument);
  const [result, setResult] = useState<Result>();
  const send = useChange<Result>({ onDone: ({ body }) => setResult(body) });
  const wanted = items.filter(({ id }) => !left.has(id));
  const document = documentOf(paper);
  const wrong = document === undefined ? text.documentPartly : undefined;
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
      <DocumentFields
        label={text.bulkDocument}
        value={paper}
        onChange={(changes) => setPaper({ ...paper, ...changes })}
        to={civilDay()}
      />
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
                ...(document ? { document } : {}),
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
