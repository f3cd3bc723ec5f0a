// The queue: one tab stop; arrows and j k move, and what is under the mark is shown beside it at once.

import { type KeyboardEvent, memo, type RefObject, useEffect, useMemo } from 'react';
import type { DeskItem } from '../../api/appraisals.ts';
import { day, number } from '../../format.ts';
import { isShortcut } from '../../kit/shortcuts.ts';
import { useText } from '../../text/index.ts';
import { appraisalsText } from './text.ts';

interface Props {
  readonly box: RefObject<HTMLDivElement | null>;
  /** As the API gave them; the same list until it answers anew. */
  readonly all: readonly DeskItem[];
  /** Those of them that are still to be decided. */
  readonly items: readonly DeskItem[];
  /** Group of an item; undefined: the queue has none. */
  readonly groupOf: ((item: DeskItem) => { readonly key: string; readonly name: string }) | undefined;
  readonly active: string | undefined;
  readonly opened: ReadonlySet<string>;
  readonly refused: ReadonlySet<string>;
  readonly onActive: (item: DeskItem) => void;
  readonly onOpen: (item: DeskItem) => void;
}

export const optionId = (id: string): string => `queue-${id}`;

export const Queue = ({ box, all, items, groupOf, active, opened, refused, onActive, onOpen }: Props) => {
  const text = useText(appraisalsText);
  const index = items.findIndex(({ id }) => id === active);
  useEffect(() => {
    if (active !== undefined) document.getElementById(optionId(active))?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const letter = isShortcut(event.nativeEvent) ? event.key : '';
    const to: number | undefined = {
      ArrowDown: index + 1,
      ArrowUp: index - 1,
      PageDown: index + 5,
      PageUp: index - 5,
      Home: 0,
      End: items.length - 1,
    }[event.key] as number | undefined;
    const next = to ?? (letter === 'j' ? index + 1 : letter === 'k' ? index - 1 : undefined);
    const item = items[Math.max(0, Math.min(items.length - 1, next ?? index))];
    if (!item) return;
    if (next !== undefined) onActive(item);
    else if (event.key === 'Enter') onOpen(item);
    else return;
    event.preventDefault();
  };
  const blocks = useMemo(() => blocksOf(all), [all]);
  const left = new Set(items.map(({ id }) => id));
  const option = (item: DeskItem) => (
    <Option
      key={item.id}
      item={item}
      active={item.id === active}
      opened={opened.has(item.id)}
      refused={refused.has(item.id)}
      onOpen={onOpen}
    />
  );
  return (
    <div
      ref={box}
      className="queue"
      role="listbox"
      aria-label={text.queue}
      aria-activedescendant={index >= 0 && active !== undefined ? optionId(active) : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      {groupOf
        ? [...groupsOf(items, groupOf)].map(([key, { name, members }]) => (
            <div key={key} role="group" aria-label={name}>
              <p className="queue-group" aria-hidden="true">
                {text.groupCount(name, number(members.length))}
              </p>
              {members.map(option)}
            </div>
          ))
        : blocks.map((block) => (
            <Block
              key={block[0]?.id}
              block={block}
              active={block.some(({ id }) => id === active) ? active : undefined}
              left={idsIn(block, left)}
              opened={idsIn(block, opened)}
              refused={idsIn(block, refused)}
              onOpen={onOpen}
            />
          ))}
    </div>
  );
};

const perBlock = 40;
const blocksOf = (items: readonly DeskItem[]): readonly (readonly DeskItem[])[] =>
  Array.from({ length: Math.ceil(items.length / perBlock) }, (_, index) =>
    items.slice(index * perBlock, (index + 1) * perBlock),
  );
/** As one text, which is the same when nothing of this block changed. */
const idsIn = (block: readonly DeskItem[], ids: ReadonlySet<string>): string =>
  block.flatMap(({ id }) => (ids.has(id) ? id : [])).join(' ');

interface BlockProps {
  readonly block: readonly DeskItem[];
  readonly active: string | undefined;
  readonly left: string;
  readonly opened: string;
  readonly refused: string;
  readonly onOpen: (item: DeskItem) => void;
}

const PlainBlock = ({ block, active, left, opened, refused, onOpen }: BlockProps) =>
  block.flatMap((item) =>
    left.includes(item.id) ? (
      <Option
        key={item.id}
        item={item}
        active={item.id === active}
        opened={opened.includes(item.id)}
        refused={refused.includes(item.id)}
        onOpen={onOpen}
      />
    ) : (
      []
    ),
  );

/** A decision touches the block it was made in: a queue of six hundred costs what one of forty does. */
const Block = memo(PlainBlock);

const groupsOf = (items: readonly DeskItem[], groupOf: NonNullable<Props['groupOf']>) => {
  const groups = new Map<string, { readonly name: string; readonly members: DeskItem[] }>();
  for (const item of items) {
    const { key, name } = groupOf(item);
    const group = groups.get(key);
    if (group) group.members.push(item);
    else groups.set(key, { name, members: [item] });
  }
  return groups;
};

const PlainOption = ({
  item,
  active,
  opened,
  refused,
  onOpen,
}: {
  readonly item: DeskItem;
  readonly active: boolean;
  readonly opened: boolean;
  readonly refused: boolean;
  readonly onOpen: (item: DeskItem) => void;
}) => {
  const text = useText(appraisalsText);
  const votes = item.votes.cast.length;
  const locked = item.actions.answers.every(({ refused: why }) => why !== undefined);
  const marks = [
    ...(item.round > 1 ? [text.round(number(item.round))] : []),
    ...(votes > 0 ? [text.votes(number(votes))] : []),
    ...(locked ? [text.locked] : []),
    ...(opened ? [text.opened] : []),
  ];
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the list's, which has the focus.
    <div
      id={optionId(item.id)}
      role="option"
      aria-selected={active}
      className="queue-item"
      onClick={() => onOpen(item)}
    >
      <span className="row spread small muted">
        <span>{item.code}</span>
        <span>{marks.join(' · ')}</span>
      </span>
      <span className="clamp">{item.title}</span>
      <span className="row spread small muted">
        <span>{item.unit.name}</span>
        {item.submittedOn !== null && <span className="number">{text.submittedOn(day(item.submittedOn))}</span>}
      </span>
      {item.workingDaysLate > 0 && <span className="small late">{text.lateBy(number(item.workingDaysLate))}</span>}
      {refused && <strong className="small">{text.refusedMark}</strong>}
    </div>
  );
};

const Option = memo(PlainOption);
