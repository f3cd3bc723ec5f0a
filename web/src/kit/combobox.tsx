// One of many by a few letters, with or without diacritics: a text field with a list (ARIA combobox). The list opens
// with typing or an arrow; Enter takes, Escape gives up and leaves the dialog around it open.

import { useId, useRef, useState } from 'react';
import { fold } from '../../../src/domain/text.ts';
import { number } from '../format.ts';
import { useText } from '../text/index.ts';
import { Button } from './button.tsx';
import { Close } from './icons.tsx';
import { kitText } from './text.ts';

export interface Choosable {
  readonly key: string;
  readonly label: string;
  /** A second thing it is known by, for example a code. */
  readonly about?: string;
}

interface Props {
  readonly id?: string | undefined;
  readonly label?: string;
  readonly value: string;
  readonly options: readonly Choosable[];
  readonly onChange: (key: string) => void;
  readonly placeholder?: string | undefined;
  /** Nothing may be chosen. */
  readonly clearable?: boolean;
  readonly 'aria-describedby'?: string | undefined;
  readonly 'aria-invalid'?: true | undefined;
}

export const matchesOf = (options: readonly Choosable[], typed: string): readonly Choosable[] => {
  const words = fold(typed).split(' ').filter(Boolean);
  return options.filter(({ label, about = '' }) => {
    const text = fold(`${label} ${about}`);
    return words.every((word) => text.includes(word));
  });
};

export const Combobox = ({ id, label, value, options, onChange, placeholder, clearable = false, ...aria }: Props) => {
  const text = useText(kitText);
  const list = useId();
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState<string>();
  const [at, setAt] = useState(0);
  const chosen = options.find(({ key }) => key === value);
  const open = typed !== undefined;
  const matches = open ? matchesOf(options, typed) : [];
  const close = () => {
    setTyped(undefined);
    setAt(0);
  };
  const take = (option: Choosable | undefined) => {
    close();
    if (option) onChange(option.key);
  };
  const move = (to: number) => {
    const next = Math.max(0, Math.min(matches.length - 1, to));
    setAt(next);
    document.getElementById(`${list}-${next}`)?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <div className="combobox">
      <input
        {...aria}
        ref={field}
        id={id}
        className="input"
        role="combobox"
        aria-label={label}
        aria-autocomplete="list"
        aria-expanded={open}
        aria-controls={open ? list : undefined}
        aria-activedescendant={open && matches[at] ? `${list}-${at}` : undefined}
        autoComplete="off"
        data-list-open={open || undefined}
        placeholder={placeholder ?? text.choose}
        value={typed ?? chosen?.label ?? value}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onClick={() => open || setTyped('')}
        onBlur={close}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'ArrowDown') open ? move(at + 1) : setTyped('');
          else if (event.key === 'ArrowUp' && open) move(at - 1);
          else if (event.key === 'Enter' && open) take(matches[at]);
          else if (event.key === 'Escape' && open) {
            close();
          } else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      {clearable && value !== '' && (
        <Button
          look="quiet"
          className="square combobox-clear"
          aria-label={text.clear}
          onClick={() => {
            close();
            onChange('');
            field.current?.focus();
          }}
        >
          <Close />
        </Button>
      )}
      <span className="vh" role="status">
        {open ? (matches.length === 0 ? text.noMatch : text.matches(number(matches.length))) : ''}
      </span>
      {open && (
        <div id={list} role="listbox" aria-label={label ?? placeholder ?? text.choose} className="combobox-list">
          {matches.length === 0 && <p className="muted combobox-none">{text.noMatch}</p>}
          {matches.map((option, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys.
            <div
              key={option.key}
              id={`${list}-${index}`}
              role="option"
              aria-selected={index === at}
              className="palette-item"
              // Before the field loses the focus and the list is gone.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => take(option)}
            >
              <span>{option.label}</span>
              {option.about !== undefined && <span className="muted small">{option.about}</span>}
            </div>
          ))}
        </div>
      )}
    </div>
  );
};
