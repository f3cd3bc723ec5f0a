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
    {value !== undefined && !options.some(([key]) => key === value) && <option value={value}>{value}</option>}
    {options.map(([key, words]) => (
      <option key={key} value={key}>
        {words}
      </option>
    ))}
  </select>
);
