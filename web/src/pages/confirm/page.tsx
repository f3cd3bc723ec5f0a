import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { read } from '../../api/client.ts';
import { linesQuery, type Round, roundQuery, roundsQuery } from '../../api/confirmations.ts';
import { programmesQuery } from '../../api/programmes.ts';
import { canOnReport, everywhere } from '../../api/rights.ts';
import { unitsOf, useMe } from '../../api/session.ts';
import { civilDay, day, daysBetween, number } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { Choice } from '../../kit/choice.tsx';
import { Await, Empty } from '../../kit/states.tsx';
import { useText } from '../../text/index.ts';
import { CloseRound } from './close-round.tsx';
import { OpenRound } from './open-round.tsx';
import { confirmText } from './text.ts';
import { UnitLines } from './unit-lines.tsx';
import { WholeRoundView } from './whole-round.tsx';
import './page.css';

export const ConfirmPage = () => {
  const text = useText(confirmText);
  const me = useMe();
  const search = useSearch({ from: '/confirm' });
  const navigate = useNavigate({ from: '/confirm' });
  const programmes = useQuery(programmesQuery);
  // A mail names the round alone.
  const named = useQuery({
    queryKey: ['confirmations', 'named', search.round],
    queryFn: ({ signal }) => read<{ readonly programme: string }>(`/reports/confirmations/${search.round}`, {}, signal),
    enabled: search.round !== undefined && search.programme === undefined,
  });
  const programme =
    search.programme ?? named.data?.programme ?? (named.isLoading ? undefined : programmes.data?.[0]?.code);
  const rounds = useQuery(roundsQuery(programme));
  const [opening, setOpening] = useState(false);
  const round = rounds.data?.find(({ id }) => id === search.round) ?? rounds.data?.[0];
  const conductor = programme !== undefined && canOnReport(me, 'report.conduct', programme);
  const go = (changes: Readonly<Record<string, string>>) => void navigate({ search: changes, replace: true });
  return (
    <>
      <div className="page-head">
        <h1>{text.title}</h1>
        {conductor && <Button onClick={() => setOpening(true)}>{text.openRound}</Button>}
      </div>
      <div className="filters confirm-filters">
        <Choice
          label={text.programme}
          value={programme}
          onChange={(code) => go({ programme: code })}
          options={(programmes.data ?? []).map(({ code, name }) => [code, name])}
        />
        {rounds.data && rounds.data.length > 0 && (
          <div className="wide">
            <Choice
              label={text.round}
              value={round?.id}
              onChange={(id) => go({ ...(programme === undefined ? {} : { programme }), round: id })}
              options={rounds.data.map((one) => [one.id, text.roundName(day(one.asOf), day(one.dueOn))])}
            />
          </div>
        )}
      </div>
      <Await query={rounds}>
        {() =>
          round ? (
            <RoundView key={round.id} round={round} conductor={conductor} />
          ) : (
            <Empty>
              <p>{text.noRounds}</p>
              {unitsOf(me).length > 0 && <p className="muted">{text.noRoundsUnit}</p>}
            </Empty>
          )
        }
      </Await>
      {opening && programme !== undefined && (
        <OpenRound
          programme={programme}
          onClose={() => setOpening(false)}
          onOpened={(id) => {
            setOpening(false);
            go({ programme, round: id });
          }}
        />
      )}
    </>
  );
};

const RoundView = ({ round, conductor }: { readonly round: Round; readonly conductor: boolean }) => {
  const text = useText(confirmText);
  const me = useMe();
  const whole = useQuery(roundQuery(round.id));
  const lines = useQuery(linesQuery(round.id));
  const today = civilDay();
  const left = daysBetween(today, round.dueOn);
  const open = !round.frozen && left >= 0;
  return (
    <>
      <div className={open ? 'notice row spread' : 'notice good row spread'}>
        <span>
          {round.frozen
            ? text.frozen
            : left > 0
              ? text.openUntil(day(round.dueOn), number(left))
              : left === 0
                ? text.lastDay(day(round.dueOn))
                : text.over(day(round.dueOn))}
        </span>
        {conductor && !round.frozen && whole.data && <CloseRound round={whole.data} />}
      </div>
      <Await query={lines}>
        {(all) => {
          const ours = all.filter(({ yours }) => yours);
          // The round is for all who read reports; whoever answers for lines of it, and reads no others, has these alone.
          const seesAll = conductor || ours.length === 0 || everywhere(me, 'task.read');
          return (
            <>
              {ours.length > 0 && <UnitLines round={round} lines={ours} open={open} />}
              {seesAll && (
                <Await query={whole}>
                  {(found) => <WholeRoundView round={found} lines={all} conductor={conductor} />}
                </Await>
              )}
            </>
          );
        }}
      </Await>
    </>
  );
};
