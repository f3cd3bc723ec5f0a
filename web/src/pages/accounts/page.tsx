// Who may sign in, and as what. Read by auditors, written by administrators.

import { useInfiniteQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { type Account, accountListQuery } from '../../api/accounts.ts';
import { may } from '../../api/rights.ts';
import { useMe } from '../../api/session.ts';
import { number } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { Choice } from '../../kit/choice.tsx';
import { type Column, Grid } from '../../kit/grid.tsx';
import { onDemand } from '../../kit/on-demand.tsx';
import { SearchField } from '../../kit/search-field.tsx';
import { StateMark } from '../../kit/state-mark.tsx';
import { Empty, Failed, Loading } from '../../kit/states.tsx';
import { useAddress, useOpenItem } from '../../kit/use-address.ts';
import { useText } from '../../text/index.ts';
import { useMembershipWords } from './membership-words.tsx';
import './page.css';
import { accountsText } from './text.ts';

const waiting = { waiting: null };
const Create = onDemand(() => import('./create-dialog.tsx').then((all) => all.CreateDialog), waiting);
const AccountDrawer = onDemand(() => import('./account-drawer.tsx').then((all) => all.AccountDrawer), waiting);

export const AccountsPage = () => {
  const text = useText(accountsText);
  const { q = '', active: wanted = '', open } = useSearch({ from: '/admin/accounts' });
  const change = useAddress();
  const item = useOpenItem();
  const writes = may(useMe(), 'account.write');
  const [adding, setAdding] = useState(false);
  const [at, setAt] = useState(0);
  const filter = { q, active: wanted === 'true' || wanted === 'false' ? wanted : undefined };
  const list = useInfiniteQuery(accountListQuery(filter));
  const rows = useMemo(() => list.data?.pages.flatMap(({ items }) => items) ?? [], [list.data]);
  const total = rows.length + (list.hasNextPage ? 1 : 0);
  const columns = useColumns();
  return (
    <>
      <div className="page-head">
        <h1>{text.title}</h1>
        <span role="status">{list.data && text.count(`${number(rows.length)}${list.hasNextPage ? '+' : ''}`)}</span>
        {writes && (
          <Button look="primary" onClick={() => setAdding(true)}>
            {text.add}
          </Button>
        )}
      </div>
      {!writes && <p className="notice">{text.readOnly}</p>}
      <search className="filters">
        <SearchField value={q} onChange={(typed) => change({ q: typed })} label={text.search} />
        <Choice
          label={text.activity}
          all={text.anyActivity}
          value={filter.active ?? ''}
          options={[
            ['true', text.active],
            ['false', text.inactive],
          ]}
          onChange={(active) => change({ active })}
        />
      </search>
      {list.error && rows.length === 0 ? (
        <Failed error={list.error} onRetry={() => void list.refetch()} />
      ) : !list.data ? (
        <Loading />
      ) : rows.length === 0 ? (
        <Empty>
          <p>{text.empty}</p>
          <Button onClick={() => change({ q: undefined, active: undefined })}>{text.clear}</Button>
        </Empty>
      ) : (
        <Grid<Account>
          label={text.title}
          columns={columns}
          rows={rows}
          total={total}
          keyOf={({ id }) => id}
          active={Math.min(at, rows.length - 1)}
          onActive={setAt}
          onOpen={({ id }) => item.open(id)}
          onNearEnd={() => list.hasNextPage && !list.isFetchingNextPage && void list.fetchNextPage()}
        />
      )}
      {open !== undefined && <AccountDrawer id={open} onClose={item.close} />}
      {adding && (
        <Create
          onClose={() => setAdding(false)}
          onAdded={(id) => {
            setAdding(false);
            item.open(id);
          }}
        />
      )}
    </>
  );
};

const useColumns = (): readonly Column<Account>[] => {
  const text = useText(accountsText);
  const inWords = useMembershipWords();
  return [
    {
      key: 'name',
      head: text.columns.name,
      width: 'minmax(200px, 2fr)',
      cell: ({ name, email }) => (
        <span className="two-lines">
          <span className="clamp">{name}</span>
          <span className="small muted second-line">{email}</span>
        </span>
      ),
    },
    {
      key: 'memberships',
      head: text.columns.memberships,
      width: 'minmax(220px, 3fr)',
      cell: ({ memberships: [first, ...rest] }) => (
        <span className="clamp">
          {first === undefined ? text.noRoles : inWords(first)}
          {rest.length > 0 && ` ${text.more(number(rest.length))}`}
        </span>
      ),
    },
    {
      key: 'factor',
      head: text.columns.factor,
      width: '180px',
      cell: ({ secondFactor }) => <span className="muted">{secondFactor ? text.factorOn : text.factorOff}</span>,
    },
    {
      key: 'activity',
      head: text.columns.activity,
      width: '170px',
      cell: ({ active }) => (
        <StateMark category={active ? 'done' : 'stopped'} name={active ? text.active : text.inactive} />
      ),
    },
  ];
};
