// One unit with everything it has been, what it came from and who has its work.

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { may } from '../../api/rights.ts';
import { useMe } from '../../api/session.ts';
import { type UnitHistory, type UnitVersion, unitHistoryQuery } from '../../api/unit-history.ts';
import { useUnitName } from '../../api/units.ts';
import { addDays, day, moment, number } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { Await } from '../../kit/states.tsx';
import { common } from '../../text/common.ts';
import { useText } from '../../text/index.ts';
import { CorrectUnit } from './change-dialogs.tsx';
import { unitsText } from './text.ts';
import { useBlocName } from './unit-fields.tsx';

export const UnitDrawer = ({ code, onClose }: { readonly code: string; readonly onClose: () => void }) => {
  const words = useText(common);
  const unit = useQuery(unitHistoryQuery(code));
  return (
    <Dialog open drawer onClose={onClose} title={unit.data?.name ?? words.loading} about={code}>
      <Await query={unit}>{(found) => <Detail unit={found} />}</Await>
    </Dialog>
  );
};

const Detail = ({ unit }: { readonly unit: UnitHistory }) => {
  const text = useText(unitsText);
  const blocName = useBlocName();
  const unitName = useUnitName();
  const writes = may(useMe(), 'organisation.write');
  const [correcting, setCorrecting] = useState<UnitVersion>();
  const { officialOrder, class: kind, bloc, parent, validFrom, validTo, versions, predecessors, successors } = unit;
  return (
    <>
      <dl className="facts">
        <dt>{text.class}</dt>
        <dd>{text.classes[kind]}</dd>
        {blocName(bloc) !== text.classes[kind] && (
          <>
            <dt>{text.bloc}</dt>
            <dd>{blocName(bloc)}</dd>
          </>
        )}
        <dt>{text.order}</dt>
        <dd>{number(officialOrder)}</dd>
        {parent !== null && (
          <>
            <dt>{text.parent}</dt>
            <dd>
              <UnitLink code={parent} />
            </dd>
          </>
        )}
        <dt>{text.columns.days}</dt>
        <dd>
          {text.since(day(validFrom))}
          {validTo !== null && ` ${text.until(day(addDays(validTo, -1)))}`}
        </dd>
        {(
          [
            [text.predecessors, predecessors],
            [text.successors, successors],
          ] as const
        ).map(
          ([label, codes]) =>
            codes.length > 0 && (
              <div key={label} className="fact">
                <dt>{label}</dt>
                <dd>
                  <ul className="plain">
                    {codes.map((code) => (
                      <li key={code}>
                        <UnitLink code={code} />
                      </li>
                    ))}
                  </ul>
                </dd>
              </div>
            ),
        )}
      </dl>
      <h3>{text.history}</h3>
      <ol className="plain stack unit-versions">
        {[...versions].reverse().map((version) => (
          <li key={`${version.validFrom} ${version.recordedAt}`} className={version.corrected ? 'muted' : ''}>
            <div className="row spread">
              <span className="grow">
                <strong>
                  {version.validFrom === validFrom ? text.fromStart : text.fromDay(day(version.validFrom))}
                </strong>{' '}
                {version.corrected && <span className="tag">{text.corrected}</span>}
              </span>
              {writes && !version.corrected && <Button onClick={() => setCorrecting(version)}>{text.correct}</Button>}
            </div>
            <p>{version.name}</p>
            <p className="small muted">
              {[
                text.classes[version.class],
                blocName(version.bloc) !== text.classes[version.class] && blocName(version.bloc),
                version.parent !== null && unitName(version.parent),
              ]
                .filter((part) => part !== false)
                .join(' · ')}
            </p>
            {version.document && (
              <p className="small">
                {text.byDocument(version.document.number, day(version.document.date), version.document.issuer)}
              </p>
            )}
            {(version.reason !== null || version.recordedAt !== null) && (
              <p className="small muted">
                {[
                  version.recordedAt !== null && text.recorded(moment(version.recordedAt)),
                  version.reason !== null && text.because(version.reason),
                ]
                  .filter((part) => part !== false)
                  .join('. ')}
              </p>
            )}
          </li>
        ))}
      </ol>
      {correcting && <CorrectUnit code={unit.code} version={correcting} onClose={() => setCorrecting(undefined)} />}
    </>
  );
};

/** To another unit, in the same drawer. */
export const UnitLink = ({ code }: { readonly code: string }) => {
  const unitName = useUnitName();
  return (
    <Link to="/admin/units" search={((before: object) => ({ ...before, open: code })) as never} resetScroll={false}>
      {unitName(code)}
    </Link>
  );
};
