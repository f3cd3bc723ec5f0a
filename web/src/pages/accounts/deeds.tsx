// What administrators do with an account. Each says why, and stands in the audit list.

import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { type Account, activeAccountsQuery, type Duty } from '../../api/accounts.ts';
import { isProblem, sentenceOf } from '../../api/problem.ts';
import { number } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { Combobox } from '../../kit/combobox.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { Field } from '../../kit/field.tsx';
import { useChange } from '../../kit/use-change.ts';
import { useSettings } from '../../settings.ts';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import { MembershipRows, membershipOf, problemOf, type Row, rowOf } from './membership-rows.tsx';
import { useMembershipWords } from './membership-words.tsx';
import { leastPassword, PasswordField } from './password-field.tsx';
import { accountsText } from './text.ts';

export type DeedKind = 'roles' | 'password' | 'factor' | 'identities' | 'deactivate' | 'reactivate';

interface Props {
  readonly account: Account;
  readonly onClose: () => void;
}

export const DeedDialog = ({ kind, ...props }: Props & { readonly kind: DeedKind }) => {
  const text = useText(accountsText);
  const about = useAbout()[kind];
  return (
    <Dialog
      open
      drawer={kind === 'roles'}
      onClose={props.onClose}
      title={`${about.title}: ${props.account.name}`}
      about={about.about}
    >
      {kind === 'roles' ? (
        <Roles {...props} />
      ) : kind === 'password' ? (
        <NewPassword {...props} />
      ) : kind === 'deactivate' ? (
        <Deactivate {...props} />
      ) : (
        <Plain
          path={{ factor: 'second-factor/reset', identities: 'identities/reset', reactivate: 'reactivation' }[kind]}
          said={{ factor: text.factorReset, identities: text.identitiesReset, reactivate: text.reactivated }[kind]}
          {...props}
        />
      )}
    </Dialog>
  );
};

export const useAbout = (): Readonly<Record<DeedKind, { readonly title: string; readonly about: string }>> => {
  const text = useText(accountsText);
  return {
    roles: { title: text.changeRoles, about: text.changeRolesAbout },
    password: { title: text.setPassword, about: text.setPasswordAbout },
    factor: { title: text.resetFactor, about: text.resetFactorAbout },
    identities: { title: text.resetIdentities, about: text.resetIdentitiesAbout },
    deactivate: { title: text.deactivate, about: text.deactivateAbout },
    reactivate: { title: text.reactivate, about: text.reactivateAbout },
  };
};

const Roles = ({ account, onClose }: Props) => {
  const text = useText(accountsText);
  const [rows, setRows] = useState<readonly Row[]>(() => account.memberships.map(rowOf));
  return (
    <Because
      said={text.rolesChanged}
      onClose={onClose}
      good={rows.every((row) => problemOf(row) === undefined)}
      deedOf={(reason) => ({
        path: `/accounts/${account.id}/memberships`,
        method: 'PUT',
        body: { memberships: rows.map(membershipOf), reason },
      })}
    >
      {(asked) => <MembershipRows rows={rows} onChange={setRows} asked={asked} />}
    </Because>
  );
};

const NewPassword = ({ account, onClose }: Props) => {
  const text = useText(accountsText);
  const [password, setPassword] = useState('');
  const short = password.length < leastPassword;
  return (
    <Because
      said={text.passwordSet}
      onClose={onClose}
      good={!short}
      deedOf={(reason) => ({ path: `/accounts/${account.id}/password`, body: { password, reason } })}
    >
      {(asked) => (
        <PasswordField
          label={text.newPassword}
          value={password}
          onChange={setPassword}
          error={asked && short ? text.passwordShort : undefined}
        />
      )}
    </Because>
  );
};

const Plain = ({ account, onClose, path, said }: Props & { readonly path: string; readonly said: string }) => (
  <Because
    said={said}
    onClose={onClose}
    good
    deedOf={(reason) => ({ path: `/accounts/${account.id}/${path}`, body: { reason } })}
  >
    {() => null}
  </Because>
);

/** The first try tells what would be left with nobody; then somebody is named who takes it. */
const Deactivate = ({ account, onClose }: Props) => {
  const text = useText(accountsText);
  const words = useText(common);
  const inWords = useMembershipWords();
  const [duties, setDuties] = useState<readonly Duty[]>();
  const [taker, setTaker] = useState('');
  const people = useQuery({ ...activeAccountsQuery, enabled: duties !== undefined }).data ?? [];
  return (
    <Because
      said={text.deactivated}
      confirm={duties ? text.handOver : undefined}
      danger
      onClose={onClose}
      good={duties === undefined || taker !== ''}
      deedOf={(reason) => ({
        path: `/accounts/${account.id}/deactivation`,
        body: { reason, ...(taker === '' ? {} : { transferTo: taker }) },
      })}
      onRefused={(error) => {
        if (isProblem(error, 'account.has_duties')) setDuties(error.body.duties as readonly Duty[]);
      }}
    >
      {(asked) =>
        duties && (
          <>
            <div className="notice">
              <p>{text.duties}</p>
              <ul className="plain">
                {duties.map((duty) => (
                  <li key={inWords(duty)}>{`${inWords(duty)}: ${text.openTasks(number(duty.openTasks))}`}</li>
                ))}
              </ul>
            </div>
            <Field
              label={text.taker}
              hint={text.takerHint}
              required
              error={asked && taker === '' ? words.required : undefined}
            >
              {(shared) => (
                <Combobox
                  {...shared}
                  clearable
                  value={taker}
                  options={people
                    .filter(({ id }) => id !== account.id)
                    .map(({ id, name, email }) => ({ key: id, label: name, about: email }))}
                  onChange={setTaker}
                />
              )}
            </Field>
          </>
        )
      }
    </Because>
  );
};

interface BecauseProps {
  readonly said: string;
  readonly confirm?: string | undefined;
  readonly danger?: boolean;
  readonly good: boolean;
  readonly deedOf: (reason: string) => { readonly path: string; readonly method?: 'PUT'; readonly body: unknown };
  readonly onClose: () => void;
  readonly onRefused?: (error: unknown) => void;
  /** @param asked whether to show what is missing */
  readonly children: (asked: boolean) => ReactNode;
}

const Because = ({ said, confirm, danger = false, good, deedOf, onClose, onRefused, children }: BecauseProps) => {
  const text = useText(accountsText);
  const words = useText(common);
  const { language } = useSettings();
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const deed = useChange({ quiet: true, said, touches: [['accounts'], ['audit']], onDone: onClose });
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(true);
        if (!good || reason.trim() === '') return;
        deed.mutate(deedOf(reason.trim()), {
          onError: (error) => {
            setAsked(false);
            onRefused?.(error);
          },
        });
      }}
    >
      {children(asked)}
      <Field
        label={text.reason}
        hint={text.reasonHint}
        required
        error={asked && reason.trim() === '' ? words.required : undefined}
      >
        {(shared) => (
          <textarea {...shared} maxLength={1000} value={reason} onChange={({ target }) => setReason(target.value)} />
        )}
      </Field>
      {deed.error !== null && (
        <p className="notice bad" role="alert">
          {sentenceOf(deed.error, language, words)}
        </p>
      )}
      <div className="row">
        <Button type="submit" look={danger ? 'danger' : 'primary'} busy={deed.isPending}>
          {confirm ?? text.confirm}
        </Button>
        <Button onClick={onClose}>{words.cancel}</Button>
      </div>
    </form>
  );
};
