import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly ref?: Ref<HTMLButtonElement>;
  readonly look?: 'primary' | 'danger' | 'quiet';
  /** Printed on the button: the key that does the same. */
  readonly shortcut?: string | undefined;
  /** Why it cannot be pressed: shown beside it, because a dead button tells nobody anything. */
  readonly why?: string | undefined;
  readonly busy?: boolean;
  readonly children: ReactNode;
}

/** A disabled button stays in the tab order, so that its reason can be read by keyboard and screen reader. */
export const Button = ({
  look,
  shortcut,
  why,
  busy = false,
  children,
  onClick,
  disabled,
  className = '',
  title,
  ...rest
}: Props) => {
  const off = why !== undefined || disabled === true || busy;
  return (
    <button
      type="button"
      {...rest}
      className={`button ${look ?? ''} ${className}`}
      aria-disabled={off || undefined}
      aria-busy={busy || undefined}
      title={why ?? title}
      onClick={(event) => {
        if (off) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {children}
      {shortcut !== undefined && <kbd aria-hidden="true">{shortcut}</kbd>}
      {why !== undefined && <span className="vh">{` (${why})`}</span>}
    </button>
  );
};
