// Tabs over the list: a few that everybody has, and those that people saved for themselves or for others. A tab is an
// address; which one is open is read from the address.

import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { everywhere } from '../../api/rights.ts';
import { unitsOf, useMe } from '../../api/session.ts';
import { useUnitName } from '../../api/units.ts';
import { type SavedView, viewsQuery } from '../../api/views.ts';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { Field } from '../../kit/field.tsx';
import { useChange } from '../../kit/use-change.ts';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import { type TaskSearch, taskSearchOf } from './search.ts';
import { viewsText } from './views-text.ts';

/** The same filter in the same words, whatever the order it was chosen in. */
const queryOf = (search: TaskSearch): string => {
  const query = new URLSearchParams(Object.entries(search));
  query.sort();
  return query.toString();
};
const searchOf = (query: string): TaskSearch => taskSearchOf(Object.fromEntries(new URLSearchParams(query)));

export const Views = ({ search }: { readonly search: TaskSearch }) => {
  const text = useText(viewsText);
  const navigate = useNavigate({ from: '/tasks' });
  const [saving, setSaving] = useState(false);
  const saved = useQuery(viewsQuery).data ?? [];
  const remove = useChange({ touches: [['views']], said: text.removed });
  const within = search.programme === undefined ? {} : { programme: search.programme };
  const usual: readonly { readonly name: string; readonly search: TaskSearch }[] = [
    { name: text.everything, search: within },
    { name: text.overdue, search: { ...within, deadline: 'overdue' } },
    { name: text.dueSoon, search: { ...within, deadline: 'due_soon' } },
    { name: text.awaiting, search: { ...within, category: 'awaiting_appraisal' } },
    { name: text.undated, search: { ...within, deadline: 'undated' } },
  ];
  const now = queryOf(search);
  const open = saved.find(({ query }) => queryOf(searchOf(query)) === now);
  const tab = (key: string, name: string, to: TaskSearch, shared: boolean) => (
    <Link
      key={key}
      to="/tasks"
      search={to}
      className="tab"
      activeProps={{}}
      {...(queryOf(to) === now ? { 'aria-current': 'page' as const } : { 'aria-current': undefined })}
    >
      {name}
      {shared && <span className="vh">{` (${text.shared})`}</span>}
    </Link>
  );
  return (
    <div className="row spread">
      <nav className="tabs" aria-label={text.views}>
        {usual.map(({ name, search: to }) => tab(name, name, to, false))}
        {saved.map(({ id, name, query, sharing }) => tab(id, name, searchOf(query), sharing !== 'private'))}
      </nav>
      <div className="row">
        {open?.own && (
          <Button
            look="quiet"
            onClick={() =>
              remove.mutate(
                { path: `/me/views/${open.id}`, method: 'DELETE' },
                { onSuccess: () => void navigate({ search: within }) },
              )
            }
          >
            {text.remove}
          </Button>
        )}
        {!open && (
          <Button look="quiet" why={now === '' ? text.nothing : undefined} onClick={() => setSaving(true)}>
            {text.save}
          </Button>
        )}
      </div>
      <Dialog open={saving} onClose={() => setSaving(false)} title={text.saveTitle} about={text.saveAbout}>
        <SaveForm query={now} onDone={() => setSaving(false)} />
      </Dialog>
    </div>
  );
};

const SaveForm = ({ query, onDone }: { readonly query: string; readonly onDone: () => void }) => {
  const text = useText(viewsText);
  const words = useText(common);
  const me = useMe();
  const unitName = useUnitName();
  const [name, setName] = useState('');
  const [sharing, setSharing] = useState('private');
  const save = useChange({ touches: [['views']], said: text.saved, onDone });
  const share = (value: string): Pick<SavedView, 'sharing' | 'unit'> =>
    value.startsWith('unit ')
      ? { sharing: 'unit', unit: value.slice(5) }
      : { sharing: value === 'all' ? 'all' : 'private', unit: null };
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '')
          save.mutate({ path: '/me/views', body: { page: 'tasks', name, query, ...share(sharing) } });
      }}
    >
      <Field label={text.name} hint={text.nameHint} required>
        {(given) => (
          <input
            {...given}
            className="input"
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Field label={text.sharing}>
        {(given) => (
          <select {...given} value={sharing} onChange={(event) => setSharing(event.target.value)}>
            <option value="private">{text.forMe}</option>
            {unitsOf(me).map((unit) => (
              <option key={unit} value={`unit ${unit}`}>
                {text.forUnit(unitName(unit))}
              </option>
            ))}
            {everywhere(me, 'view.share') && <option value="all">{text.forAll}</option>}
          </select>
        )}
      </Field>
      <div className="row">
        <Button
          type="submit"
          look="primary"
          busy={save.isPending}
          why={name.trim() === '' ? words.required : undefined}
        >
          {words.save}
        </Button>
        <Button onClick={onDone}>{words.cancel}</Button>
      </div>
    </form>
  );
};
