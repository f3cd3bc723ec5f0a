import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { type Account, accountQuery } from '../../api/accounts.ts';
import { may } from '../../api/rights.ts';
import { useMe } from '../../api/session.ts';
import { moment } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { StateMark } from '../../kit/state-mark.tsx';
import { Await } from '../../kit/states.tsx';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import { DeedDialog, type DeedKind, useAbout } from './deeds.tsx';
import { useMembershipWords } from './membership-words.tsx';
import { accountsText } from './text.ts';

export const AccountDrawer = ({ id, onClose }: { readonly id: string; readonly onClose: () => void }) => {
  const words = useText(common);
  const account = useQuery(accountQuery(id));
  return (
    <Dialog open drawer onClose={onClose} title={account.data?.name ?? words.loading}>
      <Await query={account}>{(found) => <Detail account={found} />}</Await>
    </Dialog>
  );
};

const Detail = ({ account }: { readonly account: Account }) => {
  const text = useText(accountsText);
  const me = useMe();
  const inWords = useMembershipWords();
  const about = useAbout();
  const [deed, setDeed] = useState<DeedKind>();
  const { id, email, active, createdAt, memberships, secondFactor } = account;
  const why: Partial<Record<DeedKind, string | undefined>> = {
    factor: secondFactor ? undefined : text.noFactor,
    deactivate: id === me.id ? text.self : undefined,
  };
  const offered: readonly DeedKind[] = active
    ? ['roles', 'password', 'factor', 'identities', 'deactivate']
    : ['roles', 'reactivate'];
  return (
    <>
      <dl className="facts">
        <dt>{text.email}</dt>
        <dd>{email}</dd>
        <dt>{text.activity}</dt>
        <dd>
          <StateMark category={active ? 'done' : 'stopped'} name={active ? text.active : text.inactive} />
        </dd>
        <dt>{text.columns.factor}</dt>
        <dd>{secondFactor ? text.factorOn : text.factorOff}</dd>
        <dt>{text.createdAt}</dt>
        <dd>{moment(createdAt)}</dd>
        <dt>{text.roles}</dt>
        <dd>
          {memberships.length === 0 ? (
            text.noRoles
          ) : (
            <ul className="plain">
              {memberships.map((one) => (
                <li key={inWords(one)}>{inWords(one)}</li>
              ))}
            </ul>
          )}
        </dd>
      </dl>
      <p>
        <Link to="/audit" search={{ object: `account ${id}` } as never}>
          {text.history}
        </Link>
      </p>
      {may(me, 'account.write') ? (
        <div className="row">
          {offered.map((kind) => (
            <Button
              key={kind}
              {...(kind === 'deactivate' ? { look: 'danger' as const } : {})}
              why={why[kind]}
              onClick={() => setDeed(kind)}
            >
              {about[kind].title}
            </Button>
          ))}
        </div>
      ) : (
        <p className="notice">{text.readOnly}</p>
      )}
      {deed && <DeedDialog kind={deed} account={account} onClose={() => setDeed(undefined)} />}
    </>
  );
};
