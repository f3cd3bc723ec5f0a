import { useQuery } from '@tanstack/react-query';
import { type OpenSession, sessionsQuery } from '../../api/account.ts';
import { moment } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { Await } from '../../kit/states.tsx';
import { useChange } from '../../kit/use-change.ts';
import { useText } from '../../text/index.ts';
import { settingsText } from './text.ts';

const browsers = [/Edg\//, /OPR\//, /Firefox\//, /Chrome\//, /Safari\//];
const browserNames = ['Edge', 'Opera', 'Firefox', 'Chrome', 'Safari'];
const systems = [/Windows/, /Android/, /iPhone|iPad/, /Mac OS/, /Linux/];
const systemNames = ['Windows', 'Android', 'iOS', 'macOS', 'Linux'];

/** "Chrome · Windows": what a person recognises; programs keep the name they gave. */
const deviceOf = ({ userAgent }: OpenSession, unknown: string): string => {
  if (userAgent === null || userAgent === '') return unknown;
  const found = (patterns: readonly RegExp[], names: readonly string[]) =>
    names[patterns.findIndex((pattern) => pattern.test(userAgent))];
  const told = [found(browsers, browserNames), found(systems, systemNames)].filter(Boolean);
  return told.length > 0 ? told.join(' · ') : userAgent.slice(0, 60);
};

export const Sessions = () => {
  const text = useText(settingsText);
  const sessions = useQuery(sessionsQuery);
  const end = useChange({ touches: [['account']], said: text.ended });
  const others = (sessions.data ?? []).filter(({ current }) => !current);
  return (
    <section className="card stack" aria-labelledby="sessions">
      <h2 id="sessions">{text.sessions}</h2>
      <p className="small muted">{text.sessionsAbout}</p>
      <Await query={sessions}>
        {(items) => (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways on a telephone, and keys must reach it.
          <div className="table-box" role="group" tabIndex={0} aria-labelledby="sessions">
            <table className="table">
              <thead>
                <tr>
                  <th scope="col">{text.device}</th>
                  <th scope="col">{text.address}</th>
                  <th scope="col">{text.seen}</th>
                  <th scope="col">
                    <span className="vh">{text.end}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {items.map((session) => (
                  <tr key={session.id}>
                    <td>{deviceOf(session, text.unknown)}</td>
                    <td>{session.address ?? text.unknown}</td>
                    <td>{moment(session.seenAt)}</td>
                    <td>
                      {session.current ? (
                        <span className="tag">{text.current}</span>
                      ) : (
                        <Button
                          aria-label={text.endSession(deviceOf(session, text.unknown), moment(session.seenAt))}
                          onClick={() => end.mutate({ path: `/me/sessions/${session.id}`, method: 'DELETE' })}
                        >
                          {text.end}
                        </Button>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Await>
      <div>
        <Button
          why={others.length === 0 ? text.noOthers : undefined}
          onClick={() => end.mutate({ path: '/me/sessions', method: 'DELETE' })}
        >
          {text.endOthers}
        </Button>
      </div>
    </section>
  );
};
