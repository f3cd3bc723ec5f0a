// Who did what, newest first.

import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { fold } from '../../../../src/domain/text.ts';
import { type AuditEntry, auditEntriesQuery } from '../../api/audit.ts';
import { moment, number } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { Choice } from '../../kit/choice.tsx';
import { DateField } from '../../kit/date-field.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { type Column, Grid } from '../../kit/grid.tsx';
import { SearchField } from '../../kit/search-field.tsx';
import { Empty, Failed, Loading } from '../../kit/states.tsx';
import { useAddress, useOpenItem } from '../../kit/use-address.ts';
import { useText } from '../../text/index.ts';
import { useActionWords } from './action-words.ts';
import { readable } from './readable.ts';
import { auditText } from './text.ts';

const isDay = (given: string | undefined): string | undefined =>
  given !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(given) ? given : undefined;

/** What an address filters by; the export takes its days. */
export const useAuditFilter = () => {
  const { action, object, actor, from, to } = useSearch({ from: '/audit' });
  return { action, object, actor, from: isDay(from), to: isDay(to) };
};

const none = { action: undefined, object: undefined, actor: undefined, from: undefined, to: undefined };

export const Entries = () => {
  const text = useText(auditText);
  const filter = useAuditFilter();
  const { open } = useSearch({ from: '/audit' });
  const change = useAddress();
  const item = useOpenItem();
  const list = useInfiniteQuery(auditEntriesQuery(filter));
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const [at, setAt] = useState(0);
  const columns = useColumns();
  const objectWords = useObjectWords();
  const objectOf = useObjectOf();
  const opened = rows.find(({ id }) => id === open);
  return (
    <>
      <search className="filters labelled">
        <SearchField
          value={objectWords(filter.object ?? '')}
          onChange={(typed) => change({ object: objectOf(typed) })}
          label={text.objectHint}
        />
        <Choice
          label={text.group}
          all={text.anyGroup}
          value={filter.action}
          options={Object.entries(text.groups)}
          onChange={(action) => change({ action })}
        />
        <DateField label={text.from} past value={filter.from ?? ''} onChange={(from) => change({ from })} />
        <DateField label={text.to} past value={filter.to ?? ''} onChange={(to) => change({ to })} />
      </search>
      {filter.actor !== undefined && filter.actor !== '' && (
        <p className="notice row spread">
          <span className="grow">{`${text.byActor}: ${rows[0]?.actorName ?? filter.actor}`}</span>
          <Button onClick={() => change({ actor: undefined })}>{text.clear}</Button>
        </p>
      )}
      {list.error && rows.length === 0 ? (
        <Failed error={list.error} onRetry={() => void list.refetch()} />
      ) : !list.data ? (
        <Loading />
      ) : rows.length === 0 ? (
        <Empty>
          <p>{text.empty}</p>
          <Button onClick={() => change(none)}>{text.clear}</Button>
        </Empty>
      ) : (
        <>
          <Grid<AuditEntry>
            label={text.title}
            columns={columns}
            rows={rows}
            total={rows.length}
            keyOf={({ id }) => id}
            active={Math.min(at, rows.length - 1)}
            onActive={setAt}
            onOpen={({ id }) => item.open(id)}
          />
          <div className="row spread">
            <span className="small muted" role="status">
              {text.shown(`${number(rows.length)}${list.hasNextPage ? '+' : ''}`)}
            </span>
            {list.hasNextPage && (
              <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                {text.more}
              </Button>
            )}
          </div>
        </>
      )}
      {opened && <EntryDrawer entry={opened} onClose={item.close} />}
    </>
  );
};

/** "account 1f…" -> Tài khoản 1f… */
const useObjectWords = () => {
  const text = useText(auditText);
  const words = text.objects as Readonly<Record<string, string>>;
  return (object: string): string => {
    const [kind = '', ...rest] = object.split(' ');
    return words[object] ?? [words[kind] ?? kind, ...rest].join(' ');
  };
};

/** The other way round: what people read, as the list keeps it. */
const useObjectOf = () => {
  const text = useText(auditText);
  return (typed: string): string => {
    const found = Object.entries(text.objects).find(
      ([, words]) => fold(typed) === fold(words) || fold(typed).startsWith(`${fold(words)} `),
    );
    return found ? `${found[0]}${typed.trim().slice(found[1].length)}` : typed;
  };
};

const useColumns = (): readonly Column<AuditEntry>[] => {
  const text = useText(auditText);
  const actionWords = useActionWords();
  const objectWords = useObjectWords();
  return [
    { key: 'at', head: text.columns.at, width: '140px', cell: ({ at }) => moment(at) },
    {
      key: 'actor',
      head: text.columns.actor,
      width: 'minmax(140px, 1.3fr)',
      cell: ({ actor, actorName }) => (
        <span className="clamp">{actorName ?? (actor === null ? text.system : actor)}</span>
      ),
    },
    {
      key: 'action',
      head: text.columns.action,
      width: 'minmax(150px, 1.4fr)',
      cell: ({ action }) => <span className="clamp">{actionWords(action)}</span>,
    },
    {
      key: 'object',
      head: text.columns.object,
      width: 'minmax(160px, 1.8fr)',
      cell: ({ object }) => <span className="clamp muted">{objectWords(object)}</span>,
    },
    {
      key: 'reason',
      head: text.columns.reason,
      width: 'minmax(140px, 1.5fr)',
      cell: ({ reason }) => <span className="clamp">{reason}</span>,
    },
  ];
};

const EntryDrawer = ({ entry, onClose }: { readonly entry: AuditEntry; readonly onClose: () => void }) => {
  const text = useText(auditText);
  const actionWords = useActionWords();
  const objectWords = useObjectWords();
  const { at, actor, actorName, action, object, reason, detail } = entry;
  const account = /^account ([0-9a-f-]{36})$/.exec(object)?.[1];
  return (
    <Dialog open drawer onClose={onClose} title={actionWords(action)} about={moment(at)}>
      <dl className="facts">
        <dt>{text.columns.actor}</dt>
        <dd>
          {actorName ?? actor ?? text.system}{' '}
          {actor !== null && (
            <Link to="/audit" search={{ actor } as never}>
              {text.onlyActor}
            </Link>
          )}
        </dd>
        <dt>{text.columns.object}</dt>
        <dd>
          {objectWords(object)}{' '}
          <Link to="/audit" search={{ object } as never}>
            {text.onlyObject}
          </Link>
          {account !== undefined && (
            <>
              {' '}
              <Link to="/admin/accounts" search={{ open: account } as never}>
                {text.openAccount}
              </Link>
            </>
          )}
        </dd>
        {reason !== null && (
          <>
            <dt>{text.columns.reason}</dt>
            <dd>{reason}</dd>
          </>
        )}
        <dt>{text.code}</dt>
        <dd>
          <code>{action}</code>
        </dd>
      </dl>
      <h3>{text.detail}</h3>
      <dl className="facts">
        {readable(detail, text).map(([key, value]) => (
          <div key={key} className="fact">
            <dt>{key}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
};
