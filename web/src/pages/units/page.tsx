// The organisation: its units, what they were, and how they are reorganised.

import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { hasRole, useMe } from '../../api/session.ts';
import { Button } from '../../kit/button.tsx';
import { Tabs } from '../../kit/tabs.tsx';
import { useOpenItem } from '../../kit/use-address.ts';
import { useText } from '../../text/index.ts';
import { Absences } from './absences.tsx';
import { AddUnit } from './change-dialogs.tsx';
import { UnitList } from './list.tsx';
import './page.css';
import { Reorganise } from './reorganise.tsx';
import { Runs } from './runs.tsx';
import { unitsText } from './text.ts';

const tabs = ['units', 'reorganise', 'runs', 'absences'] as const;

export const UnitsPage = () => {
  const text = useText(unitsText);
  const { tab: asked } = useSearch({ from: '/admin/units' });
  const tab = tabs.find((one) => one === asked) ?? 'units';
  const writes = hasRole(useMe(), 'administrator');
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
      {tab === 'reorganise' && <Reorganise />}
      {tab === 'runs' && <Runs />}
      {tab === 'absences' && <Absences />}
      {adding && (
        <AddUnit
          onClose={() => setAdding(false)}
          onAdded={(code) => {
            setAdding(false);
            item.open(code);
          }}
        />
      )}
    </>
  );
};
