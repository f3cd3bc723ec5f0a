// Answering a difficulty or putting it to somebody else, whether the task itself may be seen or not.

import { useQuery } from '@tanstack/react-query';
import { type DifficultyRow, difficultiesQuery } from '../../api/difficulties.ts';
import { useUnitName } from '../../api/units.ts';
import { day } from '../../format.ts';
import { useText } from '../../text/index.ts';
import { DeedDialog } from '../task/deed-dialog.tsx';
import { useDifficultyForms } from '../task/difficulty-forms.ts';
import { formText } from '../task/form-text.ts';
import { taskText } from '../task/text.ts';
import { difficultiesText } from './text.ts';

interface Props {
  readonly row: DifficultyRow;
  readonly deed: 'answer' | 'redirect';
  readonly onClose: () => void;
}

const DifficultySheet = ({ row, deed, onClose }: Props) => {
  const text = useText(difficultiesText);
  const { ofAnswer, ofRedirect } = useDifficultyForms();
  // Whatever the page filters by, and when somebody was faster: as it stands now, if it is still to be seen.
  const list = useQuery(difficultiesQuery({ show: 'all', unit: row.unit })).data;
  const now = list?.items.find(({ taskId, number }) => taskId === row.taskId && number === row.number);
  const form = deed === 'answer' ? ofAnswer(row) : ofRedirect(row);
  return (
    <DeedDialog
      subject={{ ...(now ?? row), id: row.taskId }}
      form={list && !now ? { ...form, about: text.gone } : form}
      onClose={onClose}
      readAs={['difficulties']}
      sides={(seen, present) => <Sides seen={seen} now={present} />}
    />
  );
};
export default DifficultySheet;

const Sides = ({ seen, now }: { readonly seen: DifficultyRow; readonly now: DifficultyRow }) => {
  const text = useText(difficultiesText);
  const form = useText(formText);
  const side = (title: string, row: DifficultyRow) => (
    <div className="stale-side">
      <h3>{title}</h3>
      <dl className="facts">
        <dt>{text.asked}</dt>
        <dd>
          <Addressee row={row} />
        </dd>
        <dt>{text.answerByLabel}</dt>
        <dd>{day(row.answerBy)}</dd>
        <dt>{text.answerLabel}</dt>
        <dd>{row.answer ?? text.open}</dd>
      </dl>
    </div>
  );
  return (
    <div className="stale-sides">
      {side(form.before, seen)}
      {side(form.now, now)}
    </div>
  );
};

const Addressee = ({ row }: { readonly row: Pick<DifficultyRow, 'addressee' | 'addresseeUnit'> }) => {
  const own = useText(taskText);
  const unitName = useUnitName();
  return row.addresseeUnit === null
    ? own.addressees[row.addressee as keyof typeof own.addressees]
    : unitName(row.addresseeUnit);
};
