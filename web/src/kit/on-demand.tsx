// A part that comes with its first use, so that no page carries it. Without a connection it says so in its place;
// React's own `lazy` would take the page down with what is typed in it.

import { type ComponentType, type ReactNode, useEffect, useState } from 'react';
import { NoConnection } from '../api/problem.ts';
import { Failed, Loading } from './states.tsx';

/** @param load fetches the part @param waiting stands in its place until then */
export const onDemand = <P extends object>(
  load: () => Promise<ComponentType<P>>,
  { waiting = <Loading /> }: { readonly waiting?: ReactNode } = {},
): ComponentType<P> => {
  let loaded: ComponentType<P> | undefined;
  return (props: P) => {
    const [Part, setPart] = useState(() => loaded);
    const [attempt, setAttempt] = useState(0);
    const [failed, setFailed] = useState(false);
    // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is another fetch.
    useEffect(() => {
      if (loaded) return;
      let gone = false;
      setFailed(false);
      load().then(
        (part) => {
          loaded = part;
          if (!gone) setPart(() => part);
        },
        () => {
          if (!gone) setFailed(true);
        },
      );
      return () => {
        gone = true;
      };
    }, [attempt]);
    if (Part) return <Part {...props} />;
    if (failed) return <Failed error={new NoConnection()} onRetry={() => setAttempt(attempt + 1)} />;
    return waiting;
  };
};
