export const Choice = ({
  label,
  all,
  value,
  options,
  onChange,
}: {
  readonly label: string;
  readonly all?: string;
  readonly value: string | undefined;
  readonly options: readonly (readonly [string, string])[];
  readonly onChange: (value: string) => void;
}) => (
  <select aria-label={label} value={value ?? ''} onChange={(event) => onChange(event.target.value)}>
    {all !== undefined && <option value="">{all}</option>}
    {value !== undefined && value !== '' && !options.some(([key]) => key === value) && (
      <option value={value}>{several(value, options)}</option>
    )}
    {options.map(([key, words]) => (
      <option key={key} value={key}>
        {words}
      </option>
    ))}
  </select>
);

/** An address may choose several at once, or what is not among the options any more. */
const several = (value: string, options: readonly (readonly [string, string])[]): string =>
  value
    .split(',')
    .map((one) => options.find(([key]) => key === one)?.[1] ?? one)
    .join(', ');
