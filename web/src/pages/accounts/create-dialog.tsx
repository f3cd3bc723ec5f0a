// A new account with its roles. The password is never part of the draft.

import { useState } from 'react';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { useDraft } from '../../kit/drafts.ts';
import { Field } from '../../kit/field.tsx';
import { FormEnd } from '../../kit/form-end.tsx';
import { useChange } from '../../kit/use-change.ts';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import { MembershipRows, membershipOf, newRow, problemOf, type Row } from './membership-rows.tsx';
import { leastPassword, PasswordField } from './password-field.tsx';
import { accountsText } from './text.ts';

interface Draft {
  readonly name: string;
  readonly email: string;
  readonly way: 'password' | 'provider';
  readonly rows: readonly Row[];
}

const looksLikeAddress = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

interface Props {
  readonly onClose: () => void;
  readonly onAdded: (id: string) => void;
}

export const CreateDialog = (props: Props) => {
  const text = useText(accountsText);
  return (
    <Dialog open drawer onClose={props.onClose} title={text.add}>
      <Form {...props} />
    </Dialog>
  );
};

const Form = ({ onClose, onAdded }: Props) => {
  const text = useText(accountsText);
  const words = useText(common);
  const [empty] = useState<Draft>(() => ({ name: '', email: '', way: 'password', rows: [newRow()] }));
  const draft = useDraft<Draft>('account/new', empty);
  const [password, setPassword] = useState('');
  const [asked, setAsked] = useState(false);
  const { name, email, way, rows } = draft.value;
  const deed = useChange<{ readonly id: string }>({
    quiet: true,
    said: text.added,
    touches: [['accounts']],
    onDone: ({ body }) => {
      draft.forget();
      onAdded(body.id);
    },
  });
  const wrong = {
    name: name.trim() === '',
    email: !looksLikeAddress.test(email.trim()),
    password: way === 'password' && password.length < leastPassword,
    rows: rows.length === 0 || rows.some((row) => problemOf(row) !== undefined),
  };
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(true);
        if (Object.values(wrong).includes(true)) {
          const form = event.currentTarget;
          requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
          return;
        }
        deed.mutate({
          path: '/accounts',
          body: {
            name: name.trim(),
            email: email.trim(),
            ...(way === 'password' ? { password } : {}),
            memberships: rows.map(membershipOf),
          },
        });
      }}
    >
      {draft.restored && (
        <p className="notice row spread" role="status">
          <span className="grow">{words.restored}</span>
          <Button onClick={draft.discard}>{words.discard}</Button>
        </p>
      )}
      <Field label={text.name} required error={asked && wrong.name ? words.required : undefined}>
        {(shared) => (
          <input
            {...shared}
            className="input"
            autoComplete="off"
            maxLength={200}
            value={name}
            onChange={({ target }) => draft.change({ name: target.value })}
          />
        )}
      </Field>
      <Field label={text.email} required error={asked && wrong.email ? text.emailWrong : undefined}>
        {(shared) => (
          <input
            {...shared}
            className="input"
            type="email"
            autoComplete="off"
            maxLength={254}
            value={email}
            onChange={({ target }) => draft.change({ email: target.value })}
          />
        )}
      </Field>
      <fieldset className="stack">
        <legend>{text.way}</legend>
        <div className="row">
          {(['password', 'provider'] as const).map((key) => (
            <label key={key} className="check">
              <input type="radio" name="way" checked={way === key} onChange={() => draft.change({ way: key })} />
              {text.ways[key]}
            </label>
          ))}
        </div>
      </fieldset>
      {way === 'password' && (
        <PasswordField
          label={text.password}
          value={password}
          onChange={setPassword}
          error={asked && wrong.password ? text.passwordShort : undefined}
        />
      )}
      <h3>{text.roles}</h3>
      <MembershipRows rows={rows} onChange={(next) => draft.change({ rows: next })} asked={asked} />
      {asked && rows.length === 0 && <p className="small late">{text.needsRole}</p>}
      <FormEnd deed={deed} submit={text.add} onClose={onClose} />
    </form>
  );
};
