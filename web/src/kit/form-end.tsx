import { sentenceOf } from '../api/problem.ts';
import { useSettings } from '../settings.ts';
import { common } from '../text/common.ts';
import { useText } from '../text/index.ts';
import { Button } from './button.tsx';

interface Props {
  /** What the form sends: how it went, and whether it still goes on. */
  readonly deed: { readonly error: unknown; readonly isPending: boolean };
  readonly submit: string;
  readonly onClose: () => void;
}

/** How a form ends: the API's own sentence where it refused, the button that sends, the way out. */
export const FormEnd = ({ deed, submit, onClose }: Props) => {
  const words = useText(common);
  const { language } = useSettings();
  return (
    <>
      {deed.error !== null && (
        <p className="notice bad" role="alert">
          {sentenceOf(deed.error, language, words)}
        </p>
      )}
      <div className="row">
        <Button type="submit" look="primary" busy={deed.isPending}>
          {submit}
        </Button>
        <Button onClick={onClose}>{words.cancel}</Button>
      </div>
    </>
  );
};
