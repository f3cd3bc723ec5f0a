// A PDF file in a worker of its own, which is gone with it. Nothing in the file runs: its scripts need a sandbox that is
// not here, its forms and links are only drawn, and no text of it becomes code (isEvalSupported).

import {
  AnnotationMode,
  getDocument,
  type PDFDocumentProxy,
  PDFWorker,
  TextLayer,
  version,
} from 'pdfjs-dist/legacy/build/pdf.mjs';
import Reader from 'pdfjs-dist/legacy/build/pdf.worker.mjs?worker';
import { ask } from '../api/client.ts';
import { NoConnection } from '../api/problem.ts';

const data = `/assets/pdfjs-${version}`;
/** More cells than this a canvas of a small phone does not have. */
const mostCells = 16_000_000;

/** What is wrong with the file itself, so that trying again does not help. */
export class PdfFault extends Error {
  readonly kind: 'encrypted' | 'damaged';
  constructor(kind: 'encrypted' | 'damaged') {
    super(kind);
    this.kind = kind;
  }
}

export interface PdfFile {
  readonly pages: number;
  /**
   * Draws a page as wide as is asked, and hands on what to put on the screen.
   * @param number from 1 @param width in CSS pixels @param turned by how many right angles, clockwise
   */
  draw(number: number, width: number, turned: number, signal: AbortSignal): Promise<Sheet>;
}

export interface Sheet {
  readonly canvas: HTMLCanvasElement;
  /** Lies over the canvas; '' in `textContent` for a scanned picture. */
  readonly text: HTMLDivElement;
  /** In CSS pixels per point. */
  readonly scale: number;
  readonly width: number;
  readonly height: number;
}

/**
 * @param signal ends everything: the download, the worker, what is being drawn
 * @throws Problem what the API refused, NoConnection when it broke off, PdfFault
 */
export const openPdf = async (
  path: string,
  signal: AbortSignal,
  onProgress: (come: number) => void,
): Promise<PdfFile> => {
  // Both come at the same time.
  const reader = new Reader();
  const lost = new Promise<never>((_, reject) => {
    reader.addEventListener('error', () => reject(new NoConnection()));
  });
  signal.addEventListener('abort', () => reader.terminate());
  const bytes = await Promise.race([download(path, signal, onProgress), lost]).catch((error: unknown) => {
    reader.terminate();
    throw error;
  });
  const worker = PDFWorker.create({ port: reader });
  const task = getDocument({
    data: bytes,
    worker,
    cMapUrl: `${data}/cmaps/`,
    standardFontDataUrl: `${data}/standard_fonts/`,
    wasmUrl: `${data}/wasm/`,
    useWorkerFetch: true,
    isEvalSupported: false,
    enableXfa: false,
    verbosity: 0,
  });
  signal.addEventListener('abort', () => void task.destroy());
  try {
    const document = await Promise.race([task.promise, lost]);
    return { pages: document.numPages, draw: (...asked) => drawn(document, ...asked) };
  } catch (error) {
    if (error instanceof NoConnection) throw error;
    throw new PdfFault((error as Error).name === 'PasswordException' ? 'encrypted' : 'damaged');
  }
};

const download = async (path: string, signal: AbortSignal, onProgress: (come: number) => void): Promise<Uint8Array> => {
  const response = await ask(path, { signal });
  const chunks: Uint8Array[] = [];
  let come = 0;
  const reader = response.body?.getReader();
  try {
    for (let next = await reader?.read(); next?.value; next = await reader?.read()) {
      chunks.push(next.value);
      come += next.value.byteLength;
      onProgress(come);
    }
  } catch {
    // It broke off: the network, or a file that is no longer what was handed in.
    throw new NoConnection();
  }
  const whole = new Uint8Array(come);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
};

const drawn = async (
  document: PDFDocumentProxy,
  number: number,
  width: number,
  turned: number,
  signal: AbortSignal,
): Promise<Sheet> => {
  const page = await document.getPage(number);
  signal.throwIfAborted();
  const rotation = (page.rotate + turned * 90) % 360;
  const viewport = page.getViewport({ scale: width / page.getViewport({ scale: 1, rotation }).width, rotation });
  const canvas = globalThis.document.createElement('canvas');
  const most = Math.sqrt(mostCells / (viewport.width * viewport.height));
  const ratio = Math.min(devicePixelRatio, most);
  canvas.width = Math.floor(viewport.width * ratio);
  canvas.height = Math.floor(viewport.height * ratio);
  const task = page.render({
    canvas,
    viewport,
    transform: [ratio, 0, 0, ratio, 0, 0],
    annotationMode: AnnotationMode.ENABLE,
  });
  const stop = () => task.cancel();
  signal.addEventListener('abort', stop);
  try {
    await task.promise;
  } finally {
    signal.removeEventListener('abort', stop);
  }
  const text = globalThis.document.createElement('div');
  const layer = new TextLayer({ textContentSource: page.streamTextContent(), container: text, viewport });
  // Without its text a page can still be looked at.
  await layer.render().catch(() => undefined);
  signal.throwIfAborted();
  return { canvas, text, scale: viewport.scale, width: viewport.width, height: viewport.height };
};
