// Tasks with their appraisal and evidence, reports, imports.

import { aPdf } from '../support/evidence.ts';
import type { Asking, Ways } from './asking.ts';
import { at, effectiveAt, reason } from './asking-tools.ts';

const csv = { type: 'text/csv' };
const notRead = 'Không phải là bảng';

const onReview =
  (command: string, body: object): Asking =>
  ({ submitted }) => ({
    url: `/tasks/${submitted.id}/${command}`,
    body: { ...body, effectiveAt },
    asked: { ifMatch: submitted.version },
  });
const onTask =
  (command: string, body: object): Asking =>
  ({ task }) => ({
    url: `/tasks/${task.id}/${command}`,
    body: { ...body, effectiveAt },
    asked: { ifMatch: task.version },
  });

export const taskWays: Ways = {
  'get /tasks': at('/tasks'),
  'post /tasks': ({ programme }) => ({
    url: '/tasks',
    body: {
      programme,
      title: 'Việc mới',
      leadUnit: 'PCNTT',
      appraiserUnit: 'STTTT',
      due: { kind: 'on_or_before', day: '2022-06-30' },
      effectiveAt,
    },
  }),
  'get /tasks/{id}': ({ task }) => ({ url: `/tasks/${task.id}` }),
  'get /tasks/{id}/events': ({ task }) => ({ url: `/tasks/${task.id}/events` }),
  'get /tasks/{id}/panel': ({ submitted }) => ({ url: `/tasks/${submitted.id}/panel` }),
  'get /tasks/{id}/ledger': ({ submitted }) => ({ url: `/tasks/${submitted.id}/ledger` }),
  'post /tasks/{id}/transitions': onTask('transitions', { transition: 'acknowledge' }),
  'post /tasks/transitions': ({ task }) => ({
    url: '/tasks/transitions',
    body: { transition: 'acknowledge', effectiveAt, preview: true, items: [{ id: task.id, version: task.version }] },
  }),
  // A task twice: refused, after who asks was found to be allowed.
  'post /tasks/bulk-runs': ({ task }) => ({
    url: '/tasks/bulk-runs',
    body: {
      kind: 'transition',
      transition: 'acknowledge',
      items: [task, task].map(({ id, version }) => ({ id, version })),
    },
  }),
  'post /tasks/bulk-runs/preview': ({ task }) => ({
    url: '/tasks/bulk-runs/preview',
    body: {
      kind: 'transition',
      transition: 'acknowledge',
      effectiveAt,
      items: [{ id: task.id, version: task.version }],
    },
  }),
  'get /tasks/bulk-runs': at('/tasks/bulk-runs'),
  'get /tasks/bulk-runs/{id}': ({ bulkRun }) => ({ url: `/tasks/bulk-runs/${bulkRun}` }),
  'post /tasks/{id}/progress': onTask('progress', { progress: 10 }),
  'post /tasks/{id}/deadlines': onTask('deadlines', {
    due: { kind: 'on_or_before', day: '2022-05-30' },
    reason,
  }),
  'post /tasks/{id}/recall': onReview('recall', {}),
  'post /tasks/{id}/questions': onReview('questions', { question: 'Số liệu lấy từ đâu?' }),
  'post /tasks/{id}/answers': onReview('answers', { answer: 'Từ báo cáo quý.' }),
  'post /tasks/{id}/opinions': onReview('opinions', { stance: 'agree' }),
  'post /tasks/{id}/appraisers': onReview('appraisers', { appraiserUnit: 'SKHDT', reason }),
  // Of a type that is refused, after the task was found.
  'post /tasks/{id}/files': ({ task }) => ({
    url: `/tasks/${task.id}/files?name=chay.exe`,
    body: aPdf(),
    asked: { type: 'application/octet-stream' },
  }),
  'get /tasks/{id}/files': ({ task }) => ({ url: `/tasks/${task.id}/files` }),
  'get /tasks/{id}/files/{fileId}': ({ task, file }) => ({ url: `/tasks/${task.id}/files/${file}` }),
  'get /appraisals': ({ agency }) => ({ url: `/appraisals?agency=${agency}` }),
  'get /reports/statistics': ({ programme }) => ({ url: `/reports/statistics?programme=${programme}` }),
  'get /reports/trend': ({ programme }) => ({ url: `/reports/trend?programme=${programme}` }),
  'get /reports/coming': ({ programme }) => ({ url: `/reports/coming?programme=${programme}` }),
  'get /reports/urging-effect': ({ programme }) => ({ url: `/reports/urging-effect?programme=${programme}` }),
  'get /reports/ledger': ({ programme }) => ({ url: `/reports/ledger?programme=${programme}` }),
  'get /reports/runs': ({ programme }) => ({ url: `/reports/runs?programme=${programme}` }),
  'get /reports/runs/{id}': ({ report }) => ({ url: `/reports/runs/${report}` }),
  'post /reports/runs': ({ programme }) => ({ url: '/reports/runs', body: { programme, asOf: '2030-01-01' } }),
  'post /imports/preview': ({ programme }) => ({
    url: `/imports/preview?programme=${programme}`,
    body: notRead,
    asked: csv,
  }),
  'post /imports': ({ programme }) => ({ url: `/imports?programme=${programme}`, body: notRead, asked: csv }),
  'get /imports/{id}': ({ importRun }) => ({ url: `/imports/${importRun}` }),
};
