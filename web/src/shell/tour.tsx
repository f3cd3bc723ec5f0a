// Five steps for whoever is here for the first time. It can be left at any step, comes once, and Settings shows it
// again; what a step speaks of is outlined on the page behind.

import { useEffect, useState } from 'react';
import { Button } from '../kit/button.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { changeSettings } from '../settings.ts';
import { useText } from '../text/index.ts';
import { tourText } from './tour-text.ts';

/** The first of these that can be seen is outlined. */
const places: readonly (readonly string[])[] = [
  ['.brand'],
  ['nav.side', 'nav.bottom'],
  ['.palette-button'],
  ['#main'],
  ['.bar > .button:last-of-type'],
];

const seen = (selectors: readonly string[]): Element | undefined =>
  selectors
    .map((selector) => document.querySelector(selector))
    .find((element): element is Element => element !== null && element.getClientRects().length > 0);

export default function Tour() {
  const text = useText(tourText);
  const [step, setStep] = useState(0);
  const last = step === text.steps.length - 1;
  useEffect(() => {
    const place = seen(places[step] ?? []);
    place?.classList.add('toured');
    return () => place?.classList.remove('toured');
  }, [step]);
  const leave = () => changeSettings({ toured: true });
  const now = text.steps[step];
  return (
    <Dialog open onClose={leave} title={text.title} about={text.about}>
      <div className="stack" aria-live="polite">
        <p className="small muted">{text.position(String(step + 1), String(text.steps.length))}</p>
        <h3>{now?.title}</h3>
        <p>{now?.about}</p>
      </div>
      <div className="row spread">
        <Button look="quiet" onClick={leave}>
          {text.skip}
        </Button>
        <div className="row">
          {step > 0 && <Button onClick={() => setStep(step - 1)}>{text.back}</Button>}
          <Button look="primary" onClick={() => (last ? leave() : setStep(step + 1))}>
            {last ? text.finish : text.next}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
