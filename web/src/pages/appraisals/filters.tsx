import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { Desk } from '../../api/appraisals.ts';
import { everywhere } from '../../api/rights.ts';
import { useMe } from '../../api/session.ts';
import { unitsQuery } from '../../api/units.ts';
import { number } from '../../format.ts';
import { useText } from '../../text/index.ts';
import { appraisalsText } from './text.ts';

export const groupings = ['none', 'indicator', 'unit'] as const;
const turns = ['mine', 'others', 'unit', 'all'] as const;

export const turnOf = ({ waiting }: Readonly<Record<string, string>>): (typeof turns)[number] =>
  turns.find((turn) => turn === waiting) ?? 'mine';

/** Whose turn it is, in which order, and for those who see all whose desk. */
export const Filters = ({ desk }: { readonly desk: Desk }) => {
  const text = useText(appraisalsText);
  const me = useMe();
  const search = useSearch({ from: '/appraisals' });
  const navigate = useNavigate({ from: '/appraisals' });
  const units = useQuery(unitsQuery);
  const { counts } = desk;
  const change = (changes: Readonly<Record<string, string | undefined>>) =>
    void navigate({
      search: ({ i: _left, ...before }) =>
        Object.fromEntries(Object.entries({ ...before, ...changes }).filter(([, value]) => value)) as Record<
          string,
          string
        >,
      replace: true,
    });
  const sums = { ...counts, all: counts.mine + counts.others + counts.unit };
  return (
    <div className="desk-filters">
      <div className="tabs" role="tablist" aria-label={text.queue}>
        {turns.map((turn) => (
          <button
            key={turn}
            type="button"
            role="tab"
            className="tab"
            aria-selected={turnOf(search) === turn}
            onClick={() => change({ waiting: turn === 'mine' ? undefined : turn })}
          >
            {text.groupCount(text.waiting[turn], number(sums[turn]))}
          </button>
        ))}
      </div>
      <div className="filters">
        <select
          aria-label={text.groupBy}
          value={search.group ?? 'none'}
          onChange={(event) =>
            change({ group: event.target.value === 'none' ? undefined : event.target.value, key: undefined })
          }
        >
          {groupings.map((group) => (
            <option key={group} value={group}>
              {text.groups[group]}
            </option>
          ))}
        </select>
        {search.group !== undefined && (
          <select
            aria-label={text.onlyGroup}
            value={search.key ?? ''}
            onChange={(event) => change({ key: event.target.value })}
          >
            <option value="">{text.allGroups}</option>
            {search.key !== undefined && !desk.groups.some(({ key }) => key === search.key) && (
              <option value={search.key}>{search.key}</option>
            )}
            {desk.groups.map(({ key, name, tasks }) => (
              <option key={key} value={key}>
                {text.groupCount(name, number(tasks))}
              </option>
            ))}
          </select>
        )}
        {everywhere(me, 'task.read') && (
          <select
            aria-label={text.agency}
            value={search.agency ?? ''}
            onChange={(event) => change({ agency: event.target.value })}
          >
            <option value="">{text.ownDesk}</option>
            {(units.data ?? []).map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </select>
        )}
      </div>
    </div>
  );
};
