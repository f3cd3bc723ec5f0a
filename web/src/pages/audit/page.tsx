// For auditors: what people did outside tasks, and what proves that nothing was changed since.

import { useSearch } from '@tanstack/react-router';
import { fileAddress } from '../../api/client.ts';
import { Save } from '../../kit/icons.tsx';
import { Tabs } from '../../kit/tabs.tsx';
import { useText } from '../../text/index.ts';
import { Entries, useAuditFilter } from './entries.tsx';
import './page.css';
import { Seals } from './seals.tsx';
import { auditText } from './text.ts';

const tabs = ['entries', 'seals'] as const;

export const AuditPage = () => {
  const text = useText(auditText);
  const { tab: asked } = useSearch({ from: '/audit' });
  const { from, to } = useAuditFilter();
  const tab = tabs.find((one) => one === asked) ?? 'entries';
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{text.title}</h1>
          <p className="muted">{text.about}</p>
        </div>
        <a className="button" download href={fileAddress('/audit/export', { from, to })} title={text.exportAbout}>
          <Save />
          {text.export}
        </a>
      </div>
      <Tabs label={text.title} current={tab} tabs={tabs.map((key) => [key, text.tabs[key]])} />
      {tab === 'entries' ? <Entries /> : <Seals />}
    </>
  );
};
