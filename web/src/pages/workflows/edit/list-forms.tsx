// Forms of what is itself a list: reminders with their steps, and forms with their fields.

import { fieldTypes, misfires, taskRoles, timerActions, timerAnchors } from '../../../api/workflows.ts';
import { number } from '../../../format.ts';
import { Button } from '../../../kit/button.tsx';
import { setAt } from '../json.ts';
import { isFinal } from '../told.ts';
import { type Item, optionsOf, useStates } from './forms.tsx';
import { CheckAt, ChecksAt, Group, KeyAt, NamesAt, NumberAt, RemoveAt, SelectAt, TextAt, WhenAt } from './inputs.tsx';
import { OffsetAt } from './offset.tsx';
import { useEditing } from './use-work.ts';

const Ring = ({ at, when, label }: Item & { readonly when: string; readonly label: string }) => {
  const { text } = useEditing().told;
  return (
    <>
      <OffsetAt at={`${at}/${when}`} label={label} ladder={when === 'offset'} />
      <SelectAt at={`${at}/action`} label={text.action} options={optionsOf(timerActions, text.actions)} />
      <ChecksAt at={`${at}/to`} label={text.recipients} options={optionsOf(taskRoles, text.roles)} />
    </>
  );
};

export const TimerForm = ({ at }: Item) => {
  const { valueAt, set, lead, told } = useEditing();
  const { text } = told;
  const states = useStates();
  const steps = valueAt(`${at}/steps`);
  const ladder: readonly unknown[] = Array.isArray(steps) ? steps : [];
  return (
    <>
      <NamesAt at={`${at}/name`} />
      <KeyAt at={`${at}/key`} hint={false} />
      <ChecksAt
        at={`${at}/states`}
        label={text.inStates}
        options={states.filter(({ category }) => !isFinal(category)).map(({ option }) => option)}
      />
      <div className="pair">
        <SelectAt at={`${at}/anchor`} label={text.anchor} options={optionsOf(timerAnchors, text.anchors)} />
        <TextAt at={`${at}/at`} label={text.at} hint={text.atHint} />
      </div>
      <h3>{text.steps}</h3>
      {ladder.map((_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: its place is all a step is known by.
        <Group key={index} at={`${at}/steps/${index}`} label={text.step(number(index + 1))} deep={false}>
          <Ring at={`${at}/steps/${index}`} when="offset" label={text.offset} />
          <div>
            <RemoveAt at={`${at}/steps/${index}`} name={text.step(number(index + 1))} />
          </div>
        </Group>
      ))}
      <div>
        <Button
          data-pointer={`${at}/steps`}
          onClick={() => {
            set(`${at}/steps/${ladder.length}`, { offset: 'P7D', action: 'remind', to: ['lead_unit.focal_point'] });
            lead(`${at}/steps/${ladder.length}/offset`);
          }}
        >
          {text.add.step}
        </Button>
      </div>
      <label className="check">
        <input
          type="checkbox"
          checked={valueAt(`${at}/repeat`) !== undefined}
          onChange={(event) =>
            set(
              `${at}/repeat`,
              event.target.checked ? { every: 'P7D', action: 'urge', to: ['lead_unit.head'] } : undefined,
            )
          }
        />
        {text.repeat}
      </label>
      {valueAt(`${at}/repeat`) !== undefined && (
        <Group at={`${at}/repeat`} label={text.repeat} deep={false}>
          <Ring at={`${at}/repeat`} when="every" label={text.every} />
        </Group>
      )}
      <div className="pair">
        <NumberAt at={`${at}/max`} label={text.max} />
        <SelectAt at={`${at}/misfire`} label={text.misfire} options={optionsOf(misfires, text.misfires)} />
      </div>
      <WhenAt at={`${at}/when`} />
    </>
  );
};

export const FormForm = ({ at }: Item) => {
  const { drawn, definition, valueAt, set, replace, lead, told } = useEditing();
  const { text } = told;
  const form = drawn.forms[Number(at.split('/')[2])];
  const fields = form?.fields ?? [];
  return (
    <>
      <KeyAt at={`${at}/key`} />
      <h3>{text.fields}</h3>
      {fields.map((field, index) => {
        const here = `${at}/fields/${index}`;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: its key is what is being typed.
          <Group key={index} at={here} label={told.named(field)} deep={false}>
            <NamesAt at={`${here}/name`} />
            <div className="pair">
              <KeyAt at={`${here}/key`} hint={false} />
              <SelectAt
                at={`${here}/type`}
                label={text.fieldType}
                options={optionsOf(fieldTypes, text.fieldTypes)}
                onChange={(type) => {
                  const next = setAt(definition, `${here}/type`, type ?? '');
                  const choices = type === 'choice' ? (valueAt(`${here}/choices`) ?? []) : undefined;
                  replace(setAt(next, `${here}/choices`, choices), here);
                }}
              />
            </div>
            {(field.type === 'choice' || field.choices) && <ChoicesAt at={`${here}/choices`} />}
            <CheckAt at={`${here}/required`} label={text.fieldRequired} />
            <div>
              <RemoveAt at={here} name={told.named(field)} />
            </div>
          </Group>
        );
      })}
      <div>
        <Button
          data-pointer={`${at}/fields`}
          onClick={() => {
            set(`${at}/fields/${fields.length}`, {
              key: `field-${fields.length + 1}`,
              name: { vi: text.newField, en: text.newField },
              type: 'text',
            });
            lead(`${at}/fields/${fields.length}/name/vi`);
          }}
        >
          {text.add.field}
        </Button>
      </div>
    </>
  );
};

const ChoicesAt = ({ at }: Item) => {
  const { valueAt, set, errorAt, told } = useEditing();
  const value = valueAt(at);
  const error = errorAt(at, true);
  return (
    <label className="field">
      <span className="small">{told.text.choices}</span>
      <textarea
        data-pointer={at}
        className="input"
        value={Array.isArray(value) ? value.join('\n') : ''}
        onChange={({ target: { value: typed } }) => set(at, typed === '' ? [] : typed.split('\n'))}
      />
      {error !== undefined && <span className="small late">{error}</span>}
    </label>
  );
};
