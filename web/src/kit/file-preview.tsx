// Evidence shown where it is judged: pictures as they are, PDF files page by page. Everything else is downloaded.

import { fileAddress } from '../api/client.ts';
import { useText } from '../text/index.ts';
import { Button } from './button.tsx';
import { onDemand } from './on-demand.tsx';
import { previewText } from './preview-text.ts';

const PdfView = onDemand(() => import('./pdf-view.tsx').then((all) => all.PdfView));

export interface PreviewedFile {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly bytes: number;
  readonly scan: string;
}

/** Whether the file may be seen and is of a kind that is shown. */
export const canPreview = ({ type, scan }: Pick<PreviewedFile, 'type' | 'scan'>): boolean =>
  (scan === 'clean' || scan === 'skipped') && (type.startsWith('image/') || type === 'application/pdf');

export const PreviewButton = ({
  file,
  shown,
  onToggle,
}: {
  readonly file: PreviewedFile;
  readonly shown: boolean;
  readonly onToggle: () => void;
}) => {
  const text = useText(previewText);
  return (
    <Button
      className="small"
      aria-expanded={shown}
      aria-label={shown ? text.closeOf(file.name) : text.viewOf(file.name)}
      onClick={onToggle}
    >
      {shown ? text.close : text.view}
    </Button>
  );
};

export const FilePreview = ({
  taskId,
  file,
  title,
}: {
  readonly taskId: string;
  readonly file: PreviewedFile;
  readonly title: string;
}) => {
  const path = `/tasks/${taskId}/files/${file.id}`;
  return file.type === 'application/pdf' ? (
    <PdfView key={file.id} path={path} name={file.name} bytes={file.bytes} />
  ) : (
    <img className="file-picture" src={fileAddress(path)} alt={title} />
  );
};
