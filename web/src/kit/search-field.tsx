import { useEffect, useState } from 'react';

/** Asks 180 ms after the last letter, so that a word is one question and not six. */
export const SearchField = ({
  value,
  onChange,
  label,
}: {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly label: string;
}) => {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    const wanted = typed.normalize('NFC').trim();
    if (wanted === value) return;
    const timer = setTimeout(() => onChange(wanted), 180);
    return () => clearTimeout(timer);
  }, [typed, value, onChange]);
  return (
    <input
      data-page-search
      type="search"
      className="input wide"
      aria-label={label}
      placeholder={label}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
    />
  );
};
