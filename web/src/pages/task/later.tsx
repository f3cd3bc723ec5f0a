// Parts of a task that come with a chunk of their own.

import { lazy, Suspense } from 'react';
import type { Task } from '../../api/tasks.ts';
import { Loading } from '../../kit/states.tsx';
import type { ChosenDeed } from './deed-sheet.tsx';

const Sheet = lazy(() => import('./deed-sheet.tsx').then(({ DeedSheet }) => ({ default: DeedSheet })));

export const LaterDeedSheet = (given: {
  readonly task: Task;
  readonly chosen: ChosenDeed;
  readonly onClose: () => void;
}) => (
  <Suspense fallback={null}>
    <Sheet {...given} />
  </Suspense>
);

const tabs = {
  evidence: lazy(() => import('./tabs.tsx').then(({ EvidenceTab }) => ({ default: EvidenceTab }))),
  difficulties: lazy(() => import('./tabs.tsx').then(({ DifficultiesTab }) => ({ default: DifficultiesTab }))),
  reminders: lazy(() => import('./tabs.tsx').then(({ RemindersTab }) => ({ default: RemindersTab }))),
  documents: lazy(() => import('./tabs.tsx').then(({ DocumentsTab }) => ({ default: DocumentsTab }))),
  appraisal: lazy(() => import('./appraisal-tab.tsx').then(({ AppraisalTab }) => ({ default: AppraisalTab }))),
};

export const LaterTab = ({ tab, task }: { readonly tab: keyof typeof tabs; readonly task: Task }) => {
  const Part = tabs[tab];
  return (
    <Suspense fallback={<Loading />}>
      <Part task={task} />
    </Suspense>
  );
};
