// The desk of who keeps the program running.

import type { Ways } from './asking.ts';
import { at, reason } from './asking-tools.ts';

export const operationsWays: Ways = {
  'get /operations': at('/operations'),
  'get /operations/queues/{queue}/failed': at('/operations/queues/imports/failed'),
  'post /operations/queues/{queue}/failed/{jobId}/retry': at('/operations/queues/none/failed/1/retry', { reason }),
  'post /operations/queues/{queue}/pause': at('/operations/queues/none/pause', { reason }),
  'post /operations/queues/{queue}/resume': at('/operations/queues/none/resume', { reason }),
  'get /operations/timers': at('/operations/timers'),
  'get /operations/search': ({ task }) => ({ url: `/operations/search?task=${task.code}` }),
  'post /operations/intentions/{id}/retry': at('/operations/intentions/999999/retry', { reason }),
  'get /operations/schedules': at('/operations/schedules'),
  'post /operations/schedules/{key}/pause': at('/operations/schedules/none/pause', { reason }),
  'post /operations/schedules/{key}/resume': at('/operations/schedules/none/resume', { reason }),
  'get /operations/workers': at('/operations/workers'),
  'get /operations/audit': at('/operations/audit'),
  'get /operations/panel-incidents': at('/operations/panel-incidents'),
  'get /operations/board': at('/operations/board/api/queues'),
};
