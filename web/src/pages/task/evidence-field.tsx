// Evidence of a submission: files with their progress, each with a title, and papers that lie elsewhere.

import { useEffect, useRef, useState } from 'react';
import { newKey, upload } from '../../api/client.ts';
import { sentenceOf } from '../../api/problem.ts';
import type { TaskFile } from '../../api/task-parts.ts';
import { bytes } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { Close } from '../../kit/icons.tsx';
import { Progress } from '../../kit/progress.tsx';
import { useSettings } from '../../settings.ts';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import type { Piece } from './form.ts';
import { formText } from './form-text.ts';

interface Coming {
  readonly key: string;
  readonly file: File;
  readonly sent: number;
  readonly error?: string;
}

interface Props {
  readonly taskId: string;
  readonly label: string;
  readonly pieces: readonly Piece[];
  readonly onChange: (change: (before: readonly Piece[]) => readonly Piece[]) => void;
  readonly error: string | undefined;
}

export const EvidenceField = ({ taskId, label, pieces, onChange, error }: Props) => {
  const text = useText(formText);
  const words = useText(common);
  const { language } = useSettings();
  const [coming, setComing] = useState<readonly Coming[]>([]);
  const stop = useRef(new AbortController());
  useEffect(() => {
    const { current } = stop;
    return () => current.abort();
  }, []);
  const update = (key: string, changes: Partial<Coming>) =>
    setComing((list) => list.map((one) => (one.key === key ? { ...one, ...changes } : one)));
  const send = async ({ key, file }: Coming) => {
    try {
      const name = file.name.normalize('NFC');
      const kept = await upload<TaskFile>(`/tasks/${taskId}/files?name=${encodeURIComponent(name)}`, file, {
        key,
        signal: stop.current.signal,
        onProgress: (sent) => update(key, { sent }),
      });
      setComing((list) => list.filter((one) => one.key !== key));
      const title = name.replace(/\.[^.]+$/, '');
      onChange((before) => [...before, { key, title, reference: '', file: kept.id, fileName: name }]);
    } catch (failure) {
      if (failure instanceof DOMException) return;
      update(key, { error: sentenceOf(failure, language, words) });
    }
  };
  const change = (key: string, changes: Partial<Piece>) =>
    onChange((before) => before.map((piece) => (piece.key === key ? { ...piece, ...changes } : piece)));
  return (
    <fieldset className="stack evidence">
      <legend>{label}</legend>
      {pieces.map((piece, index) => (
        <div key={piece.key} className="evidence-piece">
          <input
            className="input"
            aria-label={text.pieceTitle(String(index + 1))}
            placeholder={text.pieceTitle(String(index + 1))}
            value={piece.title}
            onChange={({ target }) => change(piece.key, { title: target.value })}
          />
          {piece.file === undefined ? (
            <input
              className="input"
              aria-label={text.pieceReference}
              placeholder={text.pieceReference}
              value={piece.reference}
              onChange={({ target }) => change(piece.key, { reference: target.value })}
            />
          ) : (
            <span className="small muted evidence-name">{piece.fileName}</span>
          )}
          <Button
            look="quiet"
            className="square"
            aria-label={text.removePiece(piece.title)}
            onClick={() => onChange((before) => before.filter(({ key }) => key !== piece.key))}
          >
            <Close />
          </Button>
        </div>
      ))}
      {coming.map((one) => (
        <div key={one.key} className="stack">
          <span className="small">{one.file.name}</span>
          {one.error === undefined ? (
            <Progress label={text.uploading(one.file.name)} value={one.sent} of={one.file.size}>
              {`${bytes(one.sent)} / ${bytes(one.file.size)}`}
            </Progress>
          ) : (
            <p className="row small late" role="alert">
              {one.error}
              <Button
                onClick={() => {
                  update(one.key, { sent: 0 });
                  setComing((list) => list.map((each) => (each.key === one.key ? { ...one, sent: 0 } : each)));
                  void send(one);
                }}
              >
                {words.retry}
              </Button>
              <Button look="quiet" onClick={() => setComing((list) => list.filter(({ key }) => key !== one.key))}>
                {text.giveUp}
              </Button>
            </p>
          )}
        </div>
      ))}
      <div className="row">
        <label className="button file-button">
          {text.chooseFiles}
          <input
            type="file"
            multiple
            className="vh"
            onChange={({ target }) => {
              const files = [...(target.files ?? [])].map((file) => ({ key: newKey(), file, sent: 0 }));
              target.value = '';
              setComing((list) => [...list, ...files]);
              for (const one of files) void send(one);
            }}
          />
        </label>
        <Button onClick={() => onChange((before) => [...before, { key: newKey(), title: '', reference: '' }])}>
          {text.addPaper}
        </Button>
      </div>
      {error !== undefined && <p className="small late">{error}</p>}
    </fieldset>
  );
};
