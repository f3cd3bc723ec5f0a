// Tasks from a file: judged row by row before anything is stored.

import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { change } from '../../api/client.ts';
import type { ImportPreview, ImportRun } from '../../api/imports.ts';
import { sentenceOf } from '../../api/problem.ts';
import { programmesQuery } from '../../api/programmes.ts';
import { number } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { Choice } from '../../kit/choice.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { Field } from '../../kit/field.tsx';
import { useChange } from '../../kit/use-change.ts';
import { useSettings } from '../../settings.ts';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import { bulkText } from './bulk-text.ts';
import { Problems } from './import-problems.tsx';

interface Props {
  readonly programme: string | undefined;
  readonly onClose: () => void;
  readonly onStarted: (run: { readonly id: string; readonly file: string }) => void;
}

export const ImportDialog = (props: Props) => {
  const text = useText(bulkText);
  return (
    <Dialog open onClose={props.onClose} title={text.importTitle} about={text.importAbout}>
      <Steps {...props} />
    </Dialog>
  );
};

const Steps = ({ programme: given, onClose, onStarted }: Props) => {
  const text = useText(bulkText);
  const words = useText(common);
  const { language } = useSettings();
  const programmes = useQuery(programmesQuery).data ?? [];
  const [programme, setProgramme] = useState(given ?? '');
  const [file, setFile] = useState<File>();
  const [partial, setPartial] = useState(false);
  const chosen = programme === '' ? (programmes[0]?.code ?? '') : programme;
  const preview = useMutation({
    mutationFn: async (asked: { readonly file: File; readonly programme: string }) =>
      (
        await change<ImportPreview>(`/imports/preview?programme=${encodeURIComponent(asked.programme)}`, {
          file: asked.file,
        })
      ).body,
  });
  const start = useChange<ImportRun>({
    quiet: true,
    touches: [],
    onDone: ({ body }) => {
      onStarted({ id: body.id, file: file?.name ?? '' });
      onClose();
    },
  });
  const judged = preview.data;
  const fault = preview.error ?? start.error;
  const check = (next: File | undefined, of: string) => {
    setPartial(false);
    start.reset();
    if (next) preview.mutate({ file: next, programme: of });
  };
  return (
    <div className="stack">
      <Choice
        label={words.programme}
        value={chosen}
        options={programmes.map(({ code, name }) => [code, name])}
        onChange={(next) => {
          setProgramme(next);
          check(file, next);
        }}
      />
      <Field label={text.file} required>
        {(given) => (
          <input
            {...given}
            type="file"
            accept=".xlsx,.csv"
            className="input"
            onChange={({ target }) => {
              setFile(target.files?.[0]);
              check(target.files?.[0], chosen);
            }}
          />
        )}
      </Field>
      {preview.isPending && <p role="status">{text.checking}</p>}
      {fault !== null && (
        <p className="notice bad" role="alert">
          {sentenceOf(fault, language, words)}
        </p>
      )}
      {judged && (
        <>
          <p className={judged.counts.invalid > 0 ? 'notice bulk-mixed' : 'notice good'} role="status">
            {text.counts(number(judged.counts.create), number(judged.counts.unchanged), number(judged.counts.invalid))}
          </p>
          {judged.ignoredColumns.length > 0 && (
            <p className="small muted">{text.ignored(judged.ignoredColumns.join(', '))}</p>
          )}
          <Problems list={judged.problems} />
          {judged.counts.invalid > 0 && (
            <label className="check">
              <input type="checkbox" checked={partial} onChange={({ target }) => setPartial(target.checked)} />
              {text.partial(number(judged.counts.invalid))}
            </label>
          )}
        </>
      )}
      <div className="row">
        {judged && (
          <Button
            look="primary"
            busy={start.isPending}
            disabled={judged.counts.create === 0 || (judged.counts.invalid > 0 && !partial)}
            onClick={() =>
              file &&
              start.mutate({
                path: `/imports?programme=${encodeURIComponent(chosen)}&mode=${partial ? 'partial' : 'all'}`,
                file,
              })
            }
          >
            {text.start(number(judged.counts.create))}
          </Button>
        )}
        <Button onClick={onClose}>{words.cancel}</Button>
      </div>
    </div>
  );
};
