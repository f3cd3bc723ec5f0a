// The organisation: its units, what they were, and how they are reorganised.

import { useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { may } from '../../api/rights.ts';
import { useMe } from '../../api/session.ts';
import { Button } from '../../kit/button.tsx';
import { Loading } from '../../kit/states.tsx';
import { Tabs } from '../../kit/tabs.tsx';
import { useOpenItem } from '../../kit/use-address.ts';
import { useText } from '../../text/index.ts';
import { UnitList } from './list.tsx';
import './page.css';
import { unitsText } from './text.ts';

// What is not looked at first comes when it is wanted.
const Reorganise = lazy(() => import('./reorganise.tsx').then((part) => ({ default: part.Reorganise })));
const Runs = lazy(() => import('./runs.tsx').then((part) => ({ default: part.Runs })));
const Absences = lazy(() => import('./absences.tsx').then((part) => ({ default: part.Absences })));
const AddUnit = lazy(() => import('./change-dialogs.tsx').then((part) => ({ default: part.AddUnit })));

const tabs = ['units', 'reorganise', 'runs', 'absences'] as const;

export const UnitsPage = () => {
  const text = useText(unitsText);
  const { tab: asked } = useSearch({ from: '/admin/units' });
  const tab = tabs.find((one) => one === asked) ?? 'units';
  const writes = may(useMe(), 'organisation.write');
  const item = useOpenItem();
  const [adding, setAdding] = useState(false);
  return (
    <>
      <div className="page-head">
        <h1>{text.title}</h1>
        {writes && tab === 'units' && (
          <div className="row">
            <Button look="primary" onClick={() => setAdding(true)}>
              {text.add}
            </Button>
          </div>
        )}
      </div>
      {!writes && (tab === 'units' || tab === 'runs') && <p className="notice">{text.readOnly}</p>}
      <Tabs label={text.title} current={tab} tabs={tabs.map((key) => [key, text.tabs[key]])} />
      {tab === 'units' && <UnitList />}
      <Suspense fallback={<Loading />}>
        {tab === 'reorganise' && <Reorganise />}
        {tab === 'runs' && <Runs />}
        {tab === 'absences' && <Absences />}
      </Suspense>
      {adding && (
        <Suspense fallback={null}>
          <AddUnit
            onClose={() => setAdding(false)}
            onAdded={(code) => {
              setAdding(false);
              item.open(code);
            }}
          />
        </Suspense>
      )}
    </>
  );
};
