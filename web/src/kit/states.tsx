// What stands in place of content: while it comes, when there is none, when it failed.

import { type ReactNode, useEffect, useState } from 'react';
import { sentenceOf } from '../api/problem.ts';
import { useSettings } from '../settings.ts';
import { common } from '../text/common.ts';
import { useText } from '../text/index.ts';
import { Button } from './button.tsx';

/** Nothing at all for the first 300 ms: most answers are there by then, and flicker is worse than waiting. */
export const Loading = () => {
  const text = useText(common);
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 300);
    return () => clearTimeout(timer);
  }, []);
  return (
    <p className="state-note muted" role="status">
      {late ? text.loading : ''}
    </p>
  );
};

export const Empty = ({ children }: { readonly children: ReactNode }) => <div className="state-note">{children}</div>;

export const Failed = ({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) => {
  const text = useText(common);
  const { language } = useSettings();
  return (
    <div className="state-note" role="alert">
      <p>{sentenceOf(error, language, text)}</p>
      {onRetry && <Button onClick={onRetry}>{text.retry}</Button>}
    </div>
  );
};

interface Asked<T> {
  readonly data: T | undefined;
  readonly error: unknown;
  readonly refetch: () => unknown;
}

/** The three in one: hands the data on once it is there; an error with old data keeps the data. */
export const Await = <T,>({
  query,
  children,
}: {
  readonly query: Asked<T>;
  readonly children: (data: T) => ReactNode;
}) => {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error) return <Failed error={query.error} onRetry={() => query.refetch()} />;
  return <Loading />;
};
