// Ctrl+K: pages, tasks and units by a few letters, with or without diacritics.

import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useDeferredValue, useId, useState } from 'react';
import { fold } from '../../../src/domain/text.ts';
import { read } from '../api/client.ts';
import { useMe } from '../api/session.ts';
import type { TaskList } from '../api/tasks.ts';
import { unitsQuery } from '../api/units.ts';
import { Dialog } from '../kit/dialog.tsx';
import { useText } from '../text/index.ts';
import { placesOf } from './navigation.ts';
import { shellText } from './text.ts';

interface Hit {
  readonly key: string;
  readonly label: string;
  readonly kind: string;
  readonly to: string;
}

export const Palette = ({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) => {
  const text = useText(shellText);
  return (
    <Dialog open={open} onClose={onClose} title={text.palette} about={text.paletteHint}>
      <Search onClose={onClose} />
    </Dialog>
  );
};

const Search = ({ onClose }: { readonly onClose: () => void }) => {
  const text = useText(shellText);
  const me = useMe();
  const navigate = useNavigate();
  const id = useId();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const wanted = useDeferredValue(fold(typed));
  const units = useQuery(unitsQuery);
  const tasks = useQuery({
    queryKey: ['tasks', 'palette', wanted],
    queryFn: ({ signal }) => read<TaskList>('/tasks', { q: wanted, limit: 8 }, signal),
    enabled: wanted.length > 1,
  });
  const matches = (label: string) => wanted.split(' ').every((word) => fold(label).includes(word));
  const hits: readonly Hit[] = [
    ...placesOf(me)
      .filter(({ key }) => matches(text.pages[key]))
      .map(({ key, to }) => ({ key, label: text.pages[key], kind: '', to })),
    ...(tasks.data?.items ?? []).map((task) => ({
      key: task.id,
      label: task.title,
      kind: task.code,
      to: `/tasks/${task.id}`,
    })),
    ...(wanted.length > 1 ? (units.data ?? []) : [])
      .filter(({ name, code }) => matches(`${name} ${code}`))
      .slice(0, 6)
      .map(({ code, name }) => ({ key: `unit ${code}`, label: name, kind: code, to: `/tasks?unit=${code}` })),
  ];
  const choose = (hit: Hit | undefined) => {
    if (!hit) return;
    onClose();
    void navigate({ to: hit.to });
  };
  return (
    <div className="stack">
      <input
        className="input"
        role="combobox"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={hits[at] ? `${id}-${at}` : undefined}
        aria-label={text.palette}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'ArrowDown') setAt(Math.min(hits.length - 1, at + 1));
          else if (event.key === 'ArrowUp') setAt(Math.max(0, at - 1));
          else if (event.key === 'Enter') choose(hits[at]);
          else return;
          event.preventDefault();
        }}
      />
      {hits.length === 0 && <p className="muted">{text.paletteEmpty}</p>}
      <div id={`${id}-list`} role="listbox" aria-label={text.palette} className="palette-list">
        {hits.map((hit, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys.
          <div
            key={hit.key}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            className="palette-item"
            onClick={() => choose(hit)}
          >
            <span className="clamp">{hit.label}</span>
            <span className="muted small">{hit.kind}</span>
          </div>
        ))}
      </div>
    </div>
  );
};
