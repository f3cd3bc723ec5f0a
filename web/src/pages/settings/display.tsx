import { Button } from '../../kit/button.tsx';
import { Field } from '../../kit/field.tsx';
import { changeSettings, type Settings, useSettings } from '../../settings.ts';
import { useText } from '../../text/index.ts';
import { settingsText } from './text.ts';

export const Display = () => {
  const text = useText(settingsText);
  const settings = useSettings();
  const choice = <K extends 'theme' | 'language' | 'density'>(
    key: K,
    label: string,
    options: Readonly<Record<Settings[K], string>>,
  ) => (
    <Field label={label}>
      {(given) => (
        <select
          {...given}
          value={settings[key]}
          onChange={(event) => changeSettings({ [key]: event.target.value } as Partial<Settings>)}
        >
          {Object.entries<string>(options).map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
  return (
    <section className="card stack" aria-labelledby="display">
      <h2 id="display">{text.display}</h2>
      <p className="small muted">{text.displayAbout}</p>
      {choice('theme', text.theme, text.themes)}
      {choice('language', text.language, text.languages)}
      {choice('density', text.density, text.densities)}
      <div>
        <label className="check">
          <input
            type="checkbox"
            checked={settings.shortcuts}
            aria-describedby="shortcuts-hint"
            onChange={(event) => changeSettings({ shortcuts: event.target.checked })}
          />
          {text.shortcuts}
        </label>
        <p id="shortcuts-hint" className="small muted">
          {text.shortcutsHint}
        </p>
      </div>
      <div>
        <Button onClick={() => changeSettings({ toured: false })}>{text.tour}</Button>
      </div>
    </section>
  );
};
