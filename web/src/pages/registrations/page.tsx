// Registration of next year's commitments: rounds, their rows, what stands out, the decision.

import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { programmesQuery } from '../../api/programmes.ts';
import { registrationQuery, registrationsQuery } from '../../api/registrations.ts';
import { may } from '../../api/rights.ts';
import { useMe } from '../../api/session.ts';
import { Button } from '../../kit/button.tsx';
import { Choice } from '../../kit/choice.tsx';
import { Await, Empty } from '../../kit/states.tsx';
import { useText } from '../../text/index.ts';
import { registrationDeeds } from './deed-text.ts';
import { RoundView } from './round.tsx';
import { registrationsText } from './text.ts';
import './page.css';

const OpenDialog = lazy(() => import('./deeds.tsx').then((part) => ({ default: part.OpenDialog })));

export const RegistrationsPage = () => {
  const text = useText(registrationsText);
  const deeds = useText(registrationDeeds);
  const me = useMe();
  const search = useSearch({ from: '/registrations' });
  const navigate = useNavigate({ from: '/registrations' });
  const [opening, setOpening] = useState(false);
  const rounds = useQuery(registrationsQuery);
  const programmes = useQuery(programmesQuery).data ?? [];
  const id = search.round ?? rounds.data?.[0]?.id;
  const round = useQuery(registrationQuery(id));
  const nameOf = (code: string) => programmes.find((each) => each.code === code)?.name ?? code;
  const why = may(me, 'registration.open') ? undefined : text.noReviewer;
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{text.title}</h1>
          <p className="muted">{text.about}</p>
        </div>
        <div className="row no-print">
          {id !== undefined && (rounds.data?.length ?? 0) > 0 && (
            <Choice
              label={text.round}
              value={id}
              options={(rounds.data ?? []).map((each) => [each.id, text.roundName(each.year, nameOf(each.programme))])}
              onChange={(chosen) => void navigate({ search: { round: chosen } })}
            />
          )}
          <Button why={why} onClick={() => setOpening(true)}>
            {deeds.open.open}
          </Button>
        </div>
      </div>
      {opening && (
        <Suspense fallback={null}>
          <OpenDialog
            onClose={() => setOpening(false)}
            onOpened={(opened) => void navigate({ search: { round: opened } })}
          />
        </Suspense>
      )}
      <Await query={rounds}>
        {(items) =>
          items.length === 0 ? (
            <Empty>
              <p>{text.none}</p>
            </Empty>
          ) : (
            <Await query={round}>{(found) => <RoundView key={found.id} registration={found} />}</Await>
          )
        }
      </Await>
    </>
  );
};
