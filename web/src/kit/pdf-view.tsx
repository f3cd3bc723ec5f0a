// A PDF file page by page: the first one is there as soon as the file is, the others are drawn when they are looked at.

import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { sentenceOf } from '../api/problem.ts';
import { number as shown, bytes as sizeOf } from '../format.ts';
import { useSettings } from '../settings.ts';
import { common } from '../text/common.ts';
import { useText } from '../text/index.ts';
import { Button } from './button.tsx';
import { Drawing } from './drawing.tsx';
import { openPdf, PdfFault, type PdfFile } from './pdf-file.ts';
import { pdfText } from './pdf-text.ts';
import { Progress } from './progress.tsx';
import './pdf-view.css';

interface Props {
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
}

export const PdfView = ({ path, name, bytes }: Props) => {
  const text = useText(pdfText);
  const words = useText(common);
  const { language } = useSettings();
  const [attempt, setAttempt] = useState(0);
  const [come, setCome] = useState(0);
  const [file, setFile] = useState<PdfFile>();
  const [fault, setFault] = useState<unknown>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is another download.
  useEffect(() => {
    const stop = new AbortController();
    setFault(undefined);
    openPdf(path, stop.signal, setCome).then(
      (opened) => stop.signal.aborted || setFile(opened),
      (error) => stop.signal.aborted || setFault(error),
    );
    return () => stop.abort();
  }, [path, attempt]);
  return (
    <section className="pdf" aria-label={text.preview(name)}>
      {fault !== undefined ? (
        <div className="notice bad stack" role="alert">
          <p>{fault instanceof PdfFault ? text[fault.kind] : sentenceOf(fault, language, words)}</p>
          {!(fault instanceof PdfFault) && <Button onClick={() => setAttempt(attempt + 1)}>{words.retry}</Button>}
        </div>
      ) : file === undefined ? (
        <Progress label={text.coming(name)} value={come} of={bytes}>
          {`${sizeOf(come)} / ${sizeOf(bytes)}`}
        </Progress>
      ) : (
        <Pages file={file} />
      )}
    </section>
  );
};

/** The whole screen for reading, and back; Escape leads back too. */
const toggleWide = (inside: HTMLElement | null): Promise<void> | undefined =>
  document.fullscreenElement ? document.exitFullscreen() : inside?.closest('.pdf')?.requestFullscreen();

const zooms = [1, 1.25, 1.5, 2, 3, 4] as const;

const Pages = ({ file }: { readonly file: PdfFile }) => {
  const text = useText(pdfText);
  const scroller = useRef<HTMLDivElement>(null);
  const sheet = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(1);
  const [zoom, setZoom] = useState(0);
  const [turned, setTurned] = useState(0);
  const [width, setWidth] = useState(0);
  const [busy, setBusy] = useState(true);
  const [failed, setFailed] = useState(false);
  const { pages } = file;
  const factor = zooms[zoom] ?? 1;
  useEffect(() => {
    const box = scroller.current;
    if (!box) return;
    // Only as wide as it stays: a bar that comes and goes would draw the page for ever.
    const watch = new ResizeObserver(() => setWidth(Math.floor(box.clientWidth / 8) * 8));
    watch.observe(box);
    // What was asked for is to be seen, below the line it was asked in.
    box.closest('.pdf')?.scrollIntoView({ block: 'start' });
    return () => watch.disconnect();
  }, []);
  useEffect(() => {
    if (width < 50) return;
    const stop = new AbortController();
    setBusy(true);
    setFailed(false);
    file.draw(at, width * factor, turned, stop.signal).then(
      ({ canvas, text: layer, scale, ...size }) => {
        const place = sheet.current;
        if (stop.signal.aborted || !place) return;
        layer.className = 'pdf-text';
        if (layer.textContent?.trim() === '') {
          canvas.setAttribute('role', 'img');
          canvas.setAttribute('aria-label', text.picture(shown(at)));
        } else canvas.setAttribute('aria-hidden', 'true');
        place.style.setProperty('--total-scale-factor', String(scale));
        place.style.width = `${size.width}px`;
        place.style.height = `${size.height}px`;
        place.replaceChildren(canvas, layer);
        setBusy(false);
      },
      () => {
        if (stop.signal.aborted) return;
        setFailed(true);
        setBusy(false);
      },
    );
    return () => stop.abort();
  }, [file, at, factor, turned, width, text]);
  const go = (to: number) => {
    if (to < 1 || to > pages || to === at) return;
    setAt(to);
    scroller.current?.scrollTo(0, 0);
    scroller.current?.scrollIntoView({ block: 'start' });
  };
  const resize = (to: number) => setZoom(Math.max(0, Math.min(zooms.length - 1, to)));
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    const deeds: Readonly<Record<string, () => void>> = {
      PageDown: () => go(at + 1),
      PageUp: () => go(at - 1),
      Home: () => go(1),
      End: () => go(pages),
      '+': () => resize(zoom + 1),
      '-': () => resize(zoom - 1),
      '0': () => resize(0),
      // Sideways the arrows move what is wider than its box.
      ...(factor === 1 ? { ArrowRight: () => go(at + 1), ArrowLeft: () => go(at - 1) } : {}),
    };
    const deed = deeds[event.key];
    if (!deed) return;
    event.preventDefault();
    event.stopPropagation();
    deed();
  };
  return (
    <>
      <div className="row spread pdf-tools no-print">
        <div className="row">
          <Tool name={text.previous} why={at === 1 ? text.first : undefined} onClick={() => go(at - 1)}>
            <Drawing of="left" />
          </Tool>
          <span role="status">{text.page(shown(at), shown(pages))}</span>
          <Tool name={text.next} why={at === pages ? text.last : undefined} onClick={() => go(at + 1)}>
            <Drawing of="right" />
          </Tool>
        </div>
        <div className="row">
          <Tool plain name={text.smaller} why={zoom === 0 ? text.fits : undefined} onClick={() => resize(zoom - 1)}>
            <Drawing of="smaller" />
          </Tool>
          <Tool
            plain
            name={text.larger}
            why={zoom === zooms.length - 1 ? text.largest : undefined}
            onClick={() => resize(zoom + 1)}
          >
            <Drawing of="larger" />
          </Tool>
          {zoom > 0 && (
            <Tool
              plain
              name={text.fit}
              onClick={() => {
                resize(0);
                scroller.current?.focus();
              }}
            >
              <Drawing of="fit" />
            </Tool>
          )}
          <Tool plain name={text.turn} onClick={() => setTurned((turned + 1) % 4)}>
            <Drawing of="turn" />
          </Tool>
          {document.fullscreenEnabled && (
            <Tool plain name={text.wide} onClick={() => void toggleWide(scroller.current)}>
              <Drawing of="wide" />
            </Tool>
          )}
        </div>
      </div>
      {failed && (
        <p className="notice bad" role="alert">
          {text.pageDamaged(shown(at))}
        </p>
      )}
      <div
        ref={scroller}
        className="pdf-pages"
        role="group"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and turns its pages by keys.
        tabIndex={0}
        aria-label={text.sheet(shown(at), shown(pages))}
        aria-busy={busy}
        onKeyDown={onKey}
      >
        <div ref={sheet} className="pdf-sheet" hidden={failed} />
      </div>
    </>
  );
};

/** A drawing and its name, which a plain one, and each on a phone, leaves to screen readers and the pointer. */
const Tool = ({
  name,
  why,
  plain = false,
  onClick,
  children,
}: {
  readonly name: string;
  readonly plain?: boolean;
  readonly why?: string | undefined;
  readonly onClick: () => void;
  readonly children: ReactNode;
}) => (
  <Button look="quiet" className={plain ? 'pdf-tool plain' : 'pdf-tool'} title={name} why={why} onClick={onClick}>
    {children}
    <span className="pdf-tool-name">{name}</span>
  </Button>
);
