import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { programmesQuery } from '../../api/programmes.ts';
import {
  type Proposal,
  proposalChanges,
  proposalStatuses,
  registrationQuery,
  type WholeRegistration,
} from '../../api/registrations.ts';
import { canOnRegistration, headsOf, may } from '../../api/rights.ts';
import { useMe } from '../../api/session.ts';
import { useUnitName } from '../../api/units.ts';
import { day, moment, number } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { Choice } from '../../kit/choice.tsx';
import { Progress } from '../../kit/progress.tsx';
import { Empty } from '../../kit/states.tsx';
import { useText } from '../../text/index.ts';
import { AnnexView } from './annex.tsx';
import { BalanceView, UniformityView } from './compare.tsx';
import { registrationDeeds } from './deed-text.ts';
import { BlocDialog, CarryDialog, DecideDialog, ProposeDialog, RestDialog, SubmitDialog } from './dialogs.ts';
import { openRowsOf } from './open-rows.ts';
import { Rows } from './rows.tsx';
import { registrationsText } from './text.ts';

const views = ['rows', 'uniformity', 'balance', 'annex'] as const;
type Deed = 'carry' | 'propose' | 'submit' | 'bloc' | 'decide';

export const RoundView = ({ registration }: { readonly registration: WholeRegistration }) => {
  const text = useText(registrationsText);
  const me = useMe();
  const search = useSearch({ from: '/registrations' });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const programmes = useQuery(programmesQuery).data ?? [];
  const view = views.find((each) => each === search.view) ?? 'rows';
  const source = programmes.find(({ code }) => code === registration.sourceProgramme)?.name;
  return (
    <>
      <p className="muted">
        {[
          ...(source === undefined ? [] : [text.from(source)]),
          text.opened(moment(registration.openedAt)),
          ...(registration.document ? [`${registration.document.number}, ${day(registration.document.date)}`] : []),
        ].join(' · ')}
      </p>
      <RoundDeeds registration={registration} chosen={chosen} onDecided={() => setChosen(new Set())} />
      <Made registration={registration} />
      <nav className="tabs no-print" aria-label={text.title}>
        {views.map((key) => (
          <Link
            key={key}
            to="/registrations"
            search={(before) => ({ ...before, view: key })}
            className="tab"
            aria-current={key === view ? 'page' : undefined}
          >
            {text.views[key]}
          </Link>
        ))}
      </nav>
      {view === 'uniformity' && <UniformityView id={registration.id} />}
      {view === 'balance' && <BalanceView id={registration.id} />}
      {view === 'annex' && <AnnexView registration={registration} />}
      {view === 'rows' && (
        <FilteredRows
          registration={registration}
          chosen={may(me, 'registration.decide') ? chosen : undefined}
          onChoose={(id) => {
            const next = new Set(chosen);
            if (!next.delete(id)) next.add(id);
            setChosen(next);
          }}
        />
      )}
    </>
  );
};

const RoundDeeds = ({
  registration,
  chosen,
  onDecided,
}: {
  readonly registration: WholeRegistration;
  readonly chosen: ReadonlySet<string>;
  readonly onDecided: () => void;
}) => {
  const text = useText(registrationsText);
  const deeds = useText(registrationDeeds);
  const me = useMe();
  const [open, setOpen] = useState<Deed>();
  const { programme, proposals } = registration;
  const heads = headsOf(me);
  const proposes = me.memberships.some(
    ({ unit }) => unit !== undefined && canOnRegistration(me, 'registration.propose', programme, unit),
  );
  const submitted = proposals.some(({ status }) => status === 'submitted');
  const possible: readonly (readonly [Deed, string | undefined])[] = [
    ...(proposes || canOnRegistration(me, 'registration.review', programme, null)
      ? ([
          ['carry', undefined],
          ['propose', undefined],
        ] as const)
      : []),
    ...(proposes && heads.length === 0 && !canOnRegistration(me, 'registration.review', programme, null)
      ? ([['submit', text.noHead]] as const)
      : []),
    ...(heads.length > 0
      ? ([
          [
            'submit',
            heads.some((unit) => openRowsOf(registration, unit).length > 0) ? undefined : text.nothingToSubmit,
          ],
        ] as const)
      : []),
    ...(canOnRegistration(me, 'registration.review', programme, null) ? ([['bloc', undefined]] as const) : []),
    ...(canOnRegistration(me, 'registration.review', programme, null) ? ([['decide', text.noLeader]] as const) : []),
    ...(may(me, 'registration.decide') ? ([['decide', submitted ? undefined : text.nothingSubmitted]] as const) : []),
  ];
  const given = { registration, onClose: () => setOpen(undefined) };
  const reasons = possible.flatMap(([, why]) => why ?? []);
  return (
    <div className="no-print">
      <div className="row">
        {possible.map(([deed, why]) => (
          <Button
            key={deed}
            {...(deed === 'submit' || deed === 'decide' ? { look: 'primary' } : {})}
            why={why}
            onClick={() => setOpen(deed)}
          >
            {deeds[deed].open}
          </Button>
        ))}
        {chosen.size > 0 && <span role="status">{text.selected(number(chosen.size))}</span>}
      </div>
      {reasons.map((why) => (
        <p key={why} className="small muted">
          {why}
        </p>
      ))}
      {open === 'carry' && <CarryDialog {...given} />}
      {open === 'propose' && <ProposeDialog {...given} />}
      {open === 'submit' && <SubmitDialog {...given} />}
      {open === 'bloc' && <BlocDialog {...given} />}
      {open === 'decide' && <DecideDialog {...given} rejected={chosen} onSent={onDecided} />}
    </div>
  );
};

/** How many of the approved rows are tasks by now; made in batches, so it is asked again while some are missing. */
const Made = ({ registration }: { readonly registration: WholeRegistration }) => {
  const text = useText(registrationsText);
  const deeds = useText(registrationDeeds);
  const me = useMe();
  const client = useQueryClient();
  const [resting, setResting] = useState(false);
  const wanted = registration.proposals.filter(
    ({ status, change: kind }) => status === 'approved' && kind !== 'dropped',
  );
  const made = wanted.filter(({ task }) => task !== null).length;
  const missing = wanted.length - made;
  useEffect(() => {
    if (missing === 0) return;
    const timer = setInterval(
      () => void client.invalidateQueries({ queryKey: registrationQuery(registration.id).queryKey }),
      2000,
    );
    return () => clearInterval(timer);
  }, [missing, client, registration.id]);
  if (wanted.length === 0) return null;
  return (
    <div className="stack">
      <Progress label={text.making} value={made} of={wanted.length}>
        {text.tasksMade(number(made), number(wanted.length))}
      </Progress>
      {missing > 0 && may(me, 'registration.decide') && (
        <p>
          <Button onClick={() => setResting(true)}>{deeds.rest.open}</Button>
        </p>
      )}
      {resting && (
        <RestDialog registration={registration} missing={number(missing)} onClose={() => setResting(false)} />
      )}
    </div>
  );
};

const flags = ['unchanged', 'twin', 'office'] as const;

const FilteredRows = ({
  registration,
  chosen,
  onChoose,
}: {
  readonly registration: WholeRegistration;
  readonly chosen: ReadonlySet<string> | undefined;
  readonly onChoose: (id: string) => void;
}) => {
  const text = useText(registrationsText);
  const unitName = useUnitName();
  const search = useSearch({ from: '/registrations' });
  const navigate = useNavigate({ from: '/registrations' });
  const { proposals } = registration;
  const filter = (changes: Readonly<Record<string, string>>) =>
    void navigate({
      search: (before) =>
        Object.fromEntries(Object.entries({ ...before, ...changes }).filter(([, value]) => value !== '')),
      replace: true,
      resetScroll: false,
    });
  const flagged = (row: Proposal): boolean =>
    search.flag === 'unchanged'
      ? row.unchanged
      : search.flag === 'twin'
        ? row.twin !== null
        : search.flag === 'office'
          ? row.origin === 'office'
          : true;
  const rows = proposals.filter(
    (row) =>
      (search.unit ?? row.unit) === row.unit &&
      (search.status ?? row.status) === row.status &&
      (search.change ?? row.change) === row.change &&
      flagged(row),
  );
  if (proposals.length === 0) return <Empty>{text.noRows}</Empty>;
  return (
    <>
      <search className="filters">
        <Choice
          label={text.unit}
          all={text.allUnits}
          value={search.unit}
          options={[...new Set(proposals.map(({ unit }) => unit))].map((code) => [code, unitName(code)] as const)}
          onChange={(unit) => filter({ unit })}
        />
        <Choice
          label={text.status}
          all={text.allStatuses}
          value={search.status}
          options={proposalStatuses.map((key) => [key, text.statuses[key]] as const)}
          onChange={(status) => filter({ status })}
        />
        <Choice
          label={text.change}
          all={text.allChanges}
          value={search.change}
          options={proposalChanges.map((key) => [key, text.changes[key]] as const)}
          onChange={(change) => filter({ change })}
        />
        <Choice
          label={text.flag}
          all={text.flags.all}
          value={search.flag}
          options={flags.map((key) => [key, text.flags[key]] as const)}
          onChange={(flag) => filter({ flag })}
        />
        <span role="status">{text.count(number(rows.length), number(proposals.length))}</span>
      </search>
      {rows.length === 0 ? (
        <Empty>
          <p>{text.noMatch}</p>
          <Button onClick={() => filter({ unit: '', status: '', change: '', flag: '' })}>{text.clear}</Button>
        </Empty>
      ) : (
        <Rows registration={registration} rows={rows} chosen={chosen} onChoose={onChoose} />
      )}
    </>
  );
};
