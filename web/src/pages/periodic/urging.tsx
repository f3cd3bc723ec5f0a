// Who still has to be reminded, how often that was done, and recording that it was done again.

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { change } from '../../api/client.ts';
import type { Urged } from '../../api/obligations.ts';
import { sentenceOf } from '../../api/problem.ts';
import { day, number } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { Field } from '../../kit/field.tsx';
import { Mark } from '../../kit/mark.tsx';
import { useSettings } from '../../settings.ts';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import { shapes } from './marks.tsx';
import { periodicText } from './text.ts';

export const Urging = ({ items, mayUrge }: { readonly items: readonly Urged[]; readonly mayUrge: boolean }) => {
  const text = useText(periodicText);
  const [urging, setUrging] = useState<readonly Urged[]>();
  const missing = items.filter(({ demand }) => demand === 'missing');
  return (
    <section className="stack" aria-labelledby="urging">
      <div className="row spread">
        <div>
          <h2 id="urging">{text.urging}</h2>
          <p className="muted">{text.urgingAbout}</p>
        </div>
        {mayUrge && (
          <Button
            look="primary"
            why={missing.length === 0 ? text.urgeAllNone : undefined}
            onClick={() => setUrging(missing)}
          >
            {text.urgeAll(number(missing.length))}
          </Button>
        )}
      </div>
      {items.length === 0 ? (
        <p className="card">{text.urgingNone}</p>
      ) : (
        <ul role="list" className="urged">
          {items.map((item) => (
            <li key={item.id} className="card">
              <span className="two-lines">
                <strong>{item.unitName}</strong>
                <span className="small muted">{`${item.period.name} · ${text.dueOn(day(item.dueOn))}`}</span>
              </span>
              <span className="two-lines">
                <span className="state-mark">
                  <Mark shape={shapes[item.state]} />
                  {text.demands[item.demand]}
                </span>
                {item.daysLate > 0 && <span className="small late">{text.daysLate(number(item.daysLate))}</span>}
                {item.missing.length > 0 && <span className="small">{item.missing.join('; ')}</span>}
              </span>
              <span className="small">
                {`${text.times}: ${item.urgings === 0 ? text.neverUrged : text.timesOf(number(item.urgings))}`}
              </span>
              {mayUrge && (
                <Button
                  aria-label={`${text.urge(number(item.urgings + 1))}: ${item.unitName}, ${item.period.name}`}
                  onClick={() => setUrging([item])}
                >
                  {text.urge(number(item.urgings + 1))}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {urging && <UrgeDialog items={urging} onClose={() => setUrging(undefined)} />}
    </section>
  );
};

const channels = ['letter', 'phone', 'meeting'] as const;

/** One record for each report, so that each unit's own history has it; each stands or falls alone. */
const UrgeDialog = ({ items, onClose }: { readonly items: readonly Urged[]; readonly onClose: () => void }) => {
  const text = useText(periodicText);
  const words = useText(common);
  const { language } = useSettings();
  const client = useQueryClient();
  const [channel, setChannel] = useState<(typeof channels)[number]>('letter');
  const [note, setNote] = useState('');
  const [done, setDone] = useState<number>();
  const [failed, setFailed] = useState<readonly (readonly [Urged, unknown])[]>();
  const send = async () => {
    const refused: (readonly [Urged, unknown])[] = [];
    const told = note.trim().normalize('NFC');
    for (const [index, item] of items.entries()) {
      setDone(index);
      await change(`/tasks/${item.id}/urgings`, {
        body: { channel, ...(told === '' ? {} : { note: told }) },
        version: item.task.version,
      }).catch((error: unknown) => refused.push([item, error]));
    }
    setFailed(refused);
    await client.invalidateQueries({ queryKey: ['obligations'] });
  };
  if (failed)
    return (
      <Dialog open onClose={onClose} title={text.urgeTitle}>
        <p role="status" className={failed.length === 0 ? 'notice good' : 'notice'}>
          {text.urged(number(items.length - failed.length), number(items.length))}
        </p>
        {failed.length > 0 && (
          <>
            <p>{text.urgeFailed(number(failed.length))}</p>
            <ul>
              {failed.map(([item, error]) => (
                <li key={item.id}>
                  <strong>{item.unitName}</strong> {sentenceOf(error, language, words)}
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
  return (
    <Dialog open onClose={onClose} title={text.urgeTitle} about={text.urgeAbout(number(items.length))}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <Field label={text.channel}>
          {(given) => (
            <select
              {...given}
              value={channel}
              onChange={(event) => setChannel(event.target.value as (typeof channels)[number])}
            >
              {channels.map((one) => (
                <option key={one} value={one}>
                  {text.channels[one]}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={text.note}>
          {(given) => (
            <textarea {...given} maxLength={2000} value={note} onChange={(event) => setNote(event.target.value)} />
          )}
        </Field>
        {done !== undefined && <p role="status">{text.progress(number(done), number(items.length))}</p>}
        <div className="row">
          <Button type="submit" look="primary" busy={done !== undefined}>
            {text.urgeGo(number(items.length))}
          </Button>
          <Button onClick={onClose}>{words.cancel}</Button>
        </div>
      </form>
    </Dialog>
  );
};
