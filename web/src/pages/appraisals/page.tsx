import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { type Desk, type DeskItem, deskQuery, panelQuery } from '../../api/appraisals.ts';
import { sentenceOf } from '../../api/problem.ts';
import { useMe } from '../../api/session.ts';
import { taskEventsQuery, taskQuery } from '../../api/tasks.ts';
import { number } from '../../format.ts';
import { forgetDraft } from '../../kit/drafts.ts';
import { useShortcuts } from '../../kit/shortcuts.ts';
import { Empty, Failed, Loading } from '../../kit/states.tsx';
import { toast } from '../../kit/toast.tsx';
import { useSettings } from '../../settings.ts';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import { Bulk } from './bulk.tsx';
import { Decision, draftOf } from './decision.tsx';
import { Deeds } from './deeds.tsx';
import { Detail } from './detail.tsx';
import { Filters, groupings, turnOf } from './filters.tsx';
import { HeldList } from './held-list.tsx';
import { useOpened } from './opened.ts';
import { dismiss, hold, isAway, sendAll, takeBack, useOutbox, type Verdict, whenSent } from './outbox.ts';
import { Queue } from './queue.tsx';
import { appraisalsText } from './text.ts';
import './page.css';

export const AppraisalsPage = () => {
  const text = useText(appraisalsText);
  const search = useSearch({ from: '/appraisals' });
  const group = groupings.find((one) => one === search.group) ?? 'none';
  const desk = useInfiniteQuery(
    deskQuery({
      group,
      waiting: turnOf(search),
      agency: search.agency,
      programme: search.programme,
      ...(group === 'none' ? {} : { [group]: search.key }),
    }),
  );
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = desk;
  // A queue is worked through to its end: the rest comes by itself.
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const first = desk.data?.pages[0];
  if (!first)
    return (
      <>
        <h1>{text.title}</h1>
        {desk.error ? <Failed error={desk.error} onRetry={() => void desk.refetch()} /> : <Loading />}
      </>
    );
  return <Loaded pages={desk.data?.pages ?? []} first={first} />;
};

const Loaded = ({ pages, first }: { readonly pages: readonly Desk[]; readonly first: Desk }) => {
  const text = useText(appraisalsText);
  const me = useMe();
  const client = useQueryClient();
  const search = useSearch({ from: '/appraisals' });
  const navigate = useNavigate({ from: '/appraisals' });
  const narrow = useNarrow();
  const outbox = useOutbox();
  const box = useRef<HTMLDivElement>(null);
  const all = useMemo(() => pages.flatMap(({ items }) => items), [pages]);
  const items = useMemo(() => all.filter((item) => !isAway(outbox, item)), [all, outbox]);
  const [code, setCode] = useState(search.i);
  const [said, setSaid] = useState('');
  // By its place, when the item itself has gone: the next one comes by itself.
  const place = useRef(0);
  const found = items.findIndex((item) => item.code === (narrow ? search.i : code));
  const index = found >= 0 ? found : Math.min(place.current, items.length - 1);
  const active = items[index];
  useEffect(() => {
    if (found >= 0) place.current = found;
  }, [found]);
  const { opened, open } = useOpened();
  const shown = narrow && search.i === undefined ? undefined : active;
  // Looked at, and not just passed on the way to another.
  useEffect(() => {
    if (!shown) return;
    const timer = setTimeout(() => open(shown), 400);
    return () => clearTimeout(timer);
  }, [shown, open]);

  const show = (item: DeskItem | undefined, replace: boolean) => {
    if (narrow && item) scrollTo({ top: 0 });
    void navigate({
      search: ({ i: _left, ...rest }) => (item ? { ...rest, i: item.code } : rest),
      replace,
      resetScroll: false,
    });
  };
  const go = (item: DeskItem) => setCode(item.code);
  // The same function every time: the rows of the queue are then drawn again only when they changed.
  const opening = useRef(go);
  opening.current = (item) => {
    go(item);
    if (narrow) show(item, false);
  };
  const onOpen = useCallback((item: DeskItem) => opening.current(item), []);
  // The address follows the mark when it rests, so that holding a key down writes no history.
  const resting = useRef(show);
  resting.current = show;
  useEffect(() => {
    if (narrow || active === undefined || active.code === search.i) return;
    const timer = setTimeout(() => resting.current(active, true), 250);
    return () => clearTimeout(timer);
  }, [active, narrow, search.i]);
  // What comes next is fetched while this one is read.
  const next = items[index + 1];
  useEffect(() => {
    if (!next) return;
    const timer = setTimeout(() => {
      for (const query of [taskQuery(next.id), taskEventsQuery(next.id), panelQuery(next.id)])
        void client.prefetchQuery(query as ReturnType<typeof taskQuery>);
    }, 150);
    return () => clearTimeout(timer);
  }, [next, client]);

  useEffect(() => {
    whenSent(({ id, round }) => forgetDraft(me.id, draftOf({ id, round })));
    return () => void sendAll();
  }, [me.id]);
  // Once nothing is on its way the desk is asked again; single changes come with the live stream.
  const onTheWay = outbox.filter(({ state }) => state === 'held' || state === 'sending').length;
  useEffect(() => {
    if (onTheWay === 0) void client.invalidateQueries({ queryKey: ['appraisals'] });
  }, [onTheWay, client]);

  // The keyboard may begin at once; on a phone a focus would scroll the heading away.
  useEffect(() => {
    if (!matchMedia('(max-width: 760px)').matches && document.activeElement === document.body)
      box.current?.focus({ preventScroll: true });
  }, []);
  const focusQueue = () => box.current?.focus({ preventScroll: true });
  const decide = (verdict: Verdict) => {
    const following = items[index + 1] ?? items[index - 1];
    hold(verdict);
    setSaid(text.announced(verdict.code, text.verdicts[verdict.outcome]));
    if (following) setCode(following.code);
    if (narrow) show(following, true);
    focusQueue();
  };
  const undo = (id: string) => {
    const held = outbox.find((one) => one.id === id);
    if (!held || !takeBack(id)) return;
    setSaid(text.takenBack(held.code));
    setCode(held.code);
    if (narrow)
      show(
        all.find((item) => item.id === id),
        true,
      );
    focusQueue();
  };
  useShortcuts([
    {
      keys: 'z',
      about: text.keys.undo,
      run: () => {
        const last = outbox.filter(({ state }) => state === 'held' || state === 'offline').at(-1);
        if (last) undo(last.id);
      },
    },
  ]);
  useRefusals(text.notSent);

  const refused = outbox.filter(({ state }) => state === 'refused');
  const groupOf =
    search.group === 'unit'
      ? ({ unit }: DeskItem) => ({ key: unit.code, name: unit.name })
      : search.group === 'indicator'
        ? ({ indicator }: DeskItem) => ({ key: indicator, name: indicator })
        : undefined;
  const left = Math.max(items.length, first.total - (all.length - items.length));
  return (
    <div className={shown && narrow ? 'appraisals reading' : 'appraisals'}>
      <div className="page-head">
        <h1>{text.title}</h1>
        <span role="status">{text.left(number(left))}</span>
        <Bulk items={items.filter((item) => opened.has(`${item.id}/${item.round}`))} />
      </div>
      {first.notice && <p className="small muted">{first.notice}</p>}
      <Filters desk={first} />
      <p className="vh" role="status">
        {said}
      </p>
      {(narrow || active === undefined) && <HeldList held={outbox} onUndo={undo} />}
      {active === undefined ? (
        <Empty>
          <p>{first.counts.mine + first.counts.others + first.counts.unit > 0 ? text.emptyFiltered : text.empty}</p>
          {first.counts.others > 0 && <p className="muted">{text.emptyOthers(number(first.counts.others))}</p>}
        </Empty>
      ) : (
        <div className={shown && narrow ? 'split one' : 'split'}>
          <div className="queue-side">
            <Queue
              box={box}
              all={all}
              items={items}
              groupOf={groupOf}
              active={active.id}
              opened={openedIds(items, opened)}
              refused={new Set(refused.map(({ id }) => id))}
              onActive={go}
              onOpen={onOpen}
            />
            {!narrow && <HeldList held={outbox} onUndo={undo} />}
          </div>
          {shown && (
            <article className="card claim" aria-label={text.detail(shown.code)}>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it. */}
              <div className="claim-body" key={shown.id} tabIndex={0} role="group" aria-label={text.detail(shown.code)}>
                <Detail item={shown} onBack={narrow ? () => show(undefined, false) : undefined} />
              </div>
              <Deciding
                key={`${shown.id}/${shown.round}`}
                item={shown}
                refusal={refused.find(({ id }) => id === shown.id)}
                onDecide={(verdict) => {
                  dismiss(verdict.id);
                  decide(verdict);
                }}
              />
            </article>
          )}
        </div>
      )}
    </div>
  );
};

/** With the version of what is on the screen, which may be newer than the list. */
const Deciding = (props: Omit<Parameters<typeof Decision>[0], 'version'>) => {
  const task = useQuery(taskQuery(props.item.id));
  return (
    <div className="deciding">
      <Decision {...props} version={task.data?.version ?? props.item.version} />
      <Deeds item={props.item} />
    </div>
  );
};

const openedIds = (items: readonly DeskItem[], opened: ReadonlySet<string>): ReadonlySet<string> =>
  new Set(items.filter(({ id, round }) => opened.has(`${id}/${round}`)).map(({ id }) => id));

/** A refusal is told at once, in the API's words, wherever the person has gone meanwhile. */
const useRefusals = (tell: (code: string, why: string) => string): void => {
  const outbox = useOutbox();
  const words = useText(common);
  const { language } = useSettings();
  const told = useRef(new Set<unknown>());
  useEffect(() => {
    for (const { code, state, error } of outbox)
      if (state === 'refused' && !told.current.has(error)) {
        told.current.add(error);
        toast({ text: tell(code, sentenceOf(error, language, words)), kind: 'failed' });
      }
  }, [outbox, tell, language, words]);
};

const useNarrow = (): boolean => {
  const [query] = useState(() => matchMedia('(max-width: 760px)'));
  const [narrow, setNarrow] = useState(query.matches);
  useEffect(() => {
    const onChange = () => setNarrow(query.matches);
    query.addEventListener('change', onChange);
    return () => query.removeEventListener('change', onChange);
  }, [query]);
  return narrow;
};
