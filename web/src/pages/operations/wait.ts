import { number } from '../../format.ts';
import { useText } from '../../text/index.ts';
import { operationsText } from './text.ts';

/** Seconds as people say them. */
export const useWait = (): ((seconds: number) => string) => {
  const text = useText(operationsText);
  return (seconds) =>
    seconds < 120
      ? text.seconds(number(seconds))
      : seconds < 7200
        ? text.minutes(number(Math.round(seconds / 60)))
        : seconds < 172_800
          ? text.hours(number(Math.round(seconds / 3600)))
          : text.days(number(Math.round(seconds / 86_400)));
};
