import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { fileAddress } from '../../api/client.ts';
import { type Matrix, matrixQuery, urgedQuery } from '../../api/obligations.ts';
import { programmesQuery } from '../../api/programmes.ts';
import { canInProgramme, may } from '../../api/rights.ts';
import { useMe } from '../../api/session.ts';
import { civilDay, day, daysBetween, number } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { Choice } from '../../kit/choice.tsx';
import { Save } from '../../kit/icons.tsx';
import { Menu } from '../../kit/menu.tsx';
import { Await, Empty, Failed, Loading } from '../../kit/states.tsx';
import { toast } from '../../kit/toast.tsx';
import { useChange } from '../../kit/use-change.ts';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import { Legend } from './marks.tsx';
import { MatrixTable } from './matrix.tsx';
import { RegimeDialog } from './regime-form.tsx';
import { periodicText } from './text.ts';
import { Urging } from './urging.tsx';
import './page.css';

export const PeriodicPage = () => {
  const text = useText(periodicText);
  const me = useMe();
  const search = useSearch({ from: '/periodic' });
  const programmes = useQuery(programmesQuery);
  const own = me.memberships.find(({ role, programme }) => role === 'aggregator' && programme)?.programme;
  const programme = search.programme ?? own ?? programmes.data?.[0]?.code;
  if (programme === undefined)
    return (
      <>
        <h1>{text.title}</h1>
        {programmes.error ? <Failed error={programmes.error} /> : <Loading />}
      </>
    );
  return <OfProgramme key={programme} programme={programme} />;
};

const yearNow = (): number => Number(civilDay().slice(0, 4));
const yearIn = (given: string | undefined, usual: number): number =>
  given !== undefined && /^(19[9]\d|20\d\d)$/.test(given) ? Number(given) : usual;

const OfProgramme = ({ programme }: { readonly programme: string }) => {
  const text = useText(periodicText);
  const words = useText(common);
  const me = useMe();
  const search = useSearch({ from: '/periodic' });
  const navigate = useNavigate({ from: '/periodic' });
  const programmes = useQuery(programmesQuery);
  const now = yearNow();
  const to = yearIn(search.to, now + 1);
  const from = Math.min(to, Math.max(to - 20, yearIn(search.from, now - 3)));
  const span = { from: `${from}-01-01`, to: `${to}-12-31` };
  const matrix = useQuery(matrixQuery(programme, span));
  const urged = useQuery(urgedQuery(programme, span));
  const owed = matrix.data?.units.length ?? 0;
  const [setting, setSetting] = useState(false);
  const maySet = canInProgramme(me, 'reporting.write', programme);
  const mayUrge = may(me, 'task.urge');
  const years = Array.from({ length: 12 }, (_, index) => String(now + 1 - index)).map((one) => [one, one] as const);
  const change = (changes: Readonly<Record<string, string>>) =>
    void navigate({ search: (before) => ({ ...before, ...changes }), replace: true });
  const file = (list: string, format: string) =>
    fileAddress(`/programmes/${programme}/obligations/export`, { ...span, list, format });
  return (
    <>
      <div className="page-head">
        <h1>{text.title}</h1>
        {matrix.data && <span role="status">{text.asOf(day(matrix.data.asOf))}</span>}
        <div className="row">
          <Menu
            trigger={
              <Button>
                <Save />
                {words.export}
              </Button>
            }
            items={[
              { key: 'urging', label: text.exportUrging, href: file('urging', 'xlsx') },
              { key: 'csv', label: text.exportUrgingCsv, href: file('urging', 'csv') },
              { key: 'all', label: text.exportAll, href: file('all', 'xlsx') },
              ...(mayUrge
                ? [
                    {
                      key: 'letter',
                      label: text.exportLetter,
                      href: fileAddress(`/programmes/${programme}/obligations/letter`, span),
                    },
                  ]
                : []),
            ]}
          />
          {maySet && <Button onClick={() => setSetting(true)}>{text.setRegime}</Button>}
          {maySet && owed > 0 && <MakeYear programme={programme} year={now + 1} />}
        </div>
      </div>
      {matrix.data && <Countdown matrix={matrix.data} />}
      <div className="filters periodic-filters">
        <Choice
          label={text.programme}
          value={programme}
          onChange={(code) => change({ programme: code })}
          options={(programmes.data ?? []).map(({ code, name }) => [code, name])}
        />
        <Choice label={text.from} value={String(from)} onChange={(year) => change({ from: year })} options={years} />
        <Choice label={text.to} value={String(to)} onChange={(year) => change({ to: year })} options={years} />
      </div>
      <Await query={matrix}>
        {(found) =>
          found.units.length === 0 ? (
            <Empty>
              <p>{text.none}</p>
              {maySet && (
                <>
                  <p className="muted">{text.notSetAbout}</p>
                  <Button look="primary" onClick={() => setSetting(true)}>
                    {text.setRegime}
                  </Button>
                </>
              )}
            </Empty>
          ) : (
            <>
              <Legend />
              <MatrixTable matrix={found} />
              {urged.data && <Urging items={urged.data} mayUrge={mayUrge} />}
            </>
          )
        }
      </Await>
      {setting && <RegimeDialog programme={programme} onClose={() => setSetting(false)} />}
    </>
  );
};

/** The next two days on which reports are due. */
const Countdown = ({ matrix }: { readonly matrix: Matrix }) => {
  const text = useText(periodicText);
  const coming = matrix.periods
    .flatMap(({ name, dueOn }) => (dueOn !== null && dueOn >= matrix.asOf ? [{ name, dueOn }] : []))
    .sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1))
    .slice(0, 2);
  if (coming.length === 0) return null;
  return (
    <ul role="list" className="countdown">
      {coming.map(({ name, dueOn }) => {
        const left = daysBetween(matrix.asOf, dueOn);
        return (
          <li key={name + dueOn} className="tag">
            {left === 0 ? text.dueToday(day(dueOn), name) : text.countdown(number(left), day(dueOn), name)}
          </li>
        );
      })}
    </ul>
  );
};

const MakeYear = ({ programme, year }: { readonly programme: string; readonly year: number }) => {
  const text = useText(periodicText);
  const make = useChange<{ readonly created: number; readonly existing: number }>({
    onDone: ({ body }) => toast({ text: text.made(number(body.created), number(body.existing)) }),
  });
  return (
    <Button
      busy={make.isPending}
      onClick={() => make.mutate({ path: `/programmes/${programme}/reporting/years/${year}` })}
    >
      {text.makeYear(String(year))}
    </Button>
  );
};
