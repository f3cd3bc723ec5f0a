import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type ApiToken, scopes, tokensQuery } from '../../api/account.ts';
import { sentenceOf } from '../../api/problem.ts';
import { addDays, civilDay, day, moment, number } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { Field } from '../../kit/field.tsx';
import { Await } from '../../kit/states.tsx';
import { toast } from '../../kit/toast.tsx';
import { useChange } from '../../kit/use-change.ts';
import { useSettings } from '../../settings.ts';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import { settingsText } from './text.ts';

const lifetimes = [30, 90, 180, 365] as const;

export const Tokens = () => {
  const text = useText(settingsText);
  const tokens = useQuery(tokensQuery);
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<string>();
  const revoke = useChange({ touches: [['account']], said: text.revoked });
  return (
    <section className="card stack" aria-labelledby="tokens">
      <h2 id="tokens">{text.tokens}</h2>
      <p className="small muted">{text.tokensAbout}</p>
      <Await query={tokens}>
        {(items) =>
          items.length === 0 ? (
            <p className="muted">{text.noTokens}</p>
          ) : (
            <TokenTable
              items={items}
              onRevoke={(id) => revoke.mutate({ path: `/me/tokens/${id}`, method: 'DELETE' })}
            />
          )
        }
      </Await>
      {made !== undefined ? (
        <Made token={made} onDone={() => setMade(undefined)} />
      ) : making ? (
        <NewToken
          onDone={(token) => {
            setMaking(false);
            setMade(token);
          }}
        />
      ) : (
        <div>
          <Button onClick={() => setMaking(true)}>{text.newToken}</Button>
        </div>
      )}
    </section>
  );
};

const TokenTable = ({
  items,
  onRevoke,
}: {
  readonly items: readonly ApiToken[];
  readonly onRevoke: (id: string) => void;
}) => {
  const text = useText(settingsText);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways on a telephone, and keys must reach it.
    <div className="table-box" role="group" tabIndex={0} aria-labelledby="tokens">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{text.name}</th>
            <th scope="col">{text.tokenScopes}</th>
            <th scope="col">{text.expires}</th>
            <th scope="col">{text.lastUsed}</th>
            <th scope="col">
              <span className="vh">{text.revoke}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map(({ id, name, scopes: held, expiresAt, lastUsedAt }) => (
            <tr key={id}>
              <td>{name}</td>
              <td className="small">
                {held.map((scope) => text.scopes[scope as keyof typeof text.scopes]).join('; ')}
              </td>
              <td>{moment(expiresAt)}</td>
              <td>{lastUsedAt === null ? text.never : moment(lastUsedAt)}</td>
              <td>
                <Button aria-label={text.revokeToken(name)} onClick={() => onRevoke(id)}>
                  {text.revoke}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

const NewToken = ({ onDone }: { readonly onDone: (token: string | undefined) => void }) => {
  const text = useText(settingsText);
  const words = useText(common);
  const { language } = useSettings();
  const [name, setName] = useState('');
  const [days, setDays] = useState<number>(90);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const create = useChange<{ readonly token: string }>({
    touches: [['account']],
    quiet: true,
    onDone: ({ body }) => onDone(body.token),
  });
  const ready = name.trim() !== '' && chosen.size > 0;
  const expiresOn = addDays(civilDay(), days);
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) create.mutate({ path: '/me/tokens', body: { name, scopes: [...chosen], expiresOn } });
      }}
    >
      <Field label={text.tokenName} required>
        {(given) => (
          <input
            {...given}
            className="input"
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <fieldset className="scopes">
        <legend>{text.tokenScopes}</legend>
        {scopes.map((scope) => (
          <label key={scope} className="check">
            <input
              type="checkbox"
              checked={chosen.has(scope)}
              onChange={(event) =>
                setChosen(
                  new Set(event.target.checked ? [...chosen, scope] : [...chosen].filter((one) => one !== scope)),
                )
              }
            />
            {text.scopes[scope]}
          </label>
        ))}
      </fieldset>
      <Field label={text.tokenDays} hint={`${text.expires}: ${day(expiresOn)}`}>
        {(given) => (
          <select {...given} value={days} onChange={(event) => setDays(Number(event.target.value))}>
            {lifetimes.map((one) => (
              <option key={one} value={one}>
                {text.days(number(one))}
              </option>
            ))}
          </select>
        )}
      </Field>
      {create.error !== null && (
        <p className="notice bad" role="alert">
          {sentenceOf(create.error, language, words)}
        </p>
      )}
      <div className="row">
        <Button type="submit" look="primary" busy={create.isPending} why={ready ? undefined : words.required}>
          {text.create}
        </Button>
        <Button onClick={() => onDone(undefined)}>{words.cancel}</Button>
      </div>
    </form>
  );
};

const Made = ({ token, onDone }: { readonly token: string; readonly onDone: () => void }) => {
  const text = useText(settingsText);
  return (
    <div className="notice stack" role="status">
      <p>{text.tokenOnce}</p>
      <p className="secret-text">{token}</p>
      <div className="row">
        <Button
          look="primary"
          onClick={() => void navigator.clipboard?.writeText(token).then(() => toast({ text: text.copied }))}
        >
          {text.copy}
        </Button>
        <Button onClick={onDone}>{text.finished}</Button>
      </div>
    </div>
  );
};
