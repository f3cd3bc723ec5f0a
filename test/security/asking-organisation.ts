// Units and what becomes of them, programmes, calendars, workflows.

import type { Ways } from './asking.ts';
import { at, reason } from './asking-tools.ts';

export const organisationWays: Ways = {
  'get /units': at('/units'),
  'post /units': at('/units', {}),
  'get /units/{code}': ({ unit }) => ({ url: `/units/${unit}` }),
  'post /units/{code}/corrections': ({ unit }) => ({
    url: `/units/${unit}/corrections`,
    // The unit was nothing on that day.
    body: { validFrom: '1990-01-01', name: 'Tên khác', reason },
  }),
  'post /reorganisations/preview': at('/reorganisations/preview', {}),
  'post /reorganisations': at('/reorganisations', {}),
  'get /reorganisations': at('/reorganisations'),
  'get /reorganisations/{id}': ({ reorganisation }) => ({ url: `/reorganisations/${reorganisation}` }),
  // Called off already.
  'post /reorganisations/{id}/cancel': ({ reorganisation }) => ({
    url: `/reorganisations/${reorganisation}/cancel`,
    body: { reason },
  }),
  'get /programmes': at('/programmes'),
  'post /programmes': at('/programmes', {}),
  'get /programmes/{code}': ({ programme }) => ({ url: `/programmes/${programme}` }),
  'put /programmes/{code}/figures': ({ programme }) => ({ url: `/programmes/${programme}/figures`, body: {} }),
  'get /calendars/{key}': at('/calendars/vn'),
  'get /workflows': at('/workflows'),
  'post /workflows': at('/workflows', { key: 'x' }),
  'post /workflows/validate': at('/workflows/validate', { key: 'x' }),
  'get /workflows/{key}/versions': at('/workflows/commitment/versions'),
  'get /workflows/{key}/versions/{version}': at('/workflows/commitment/versions/1'),
  'put /workflows/{key}/versions/{version}': at('/workflows/commitment/versions/1', { key: 'x' }),
  'post /workflows/{key}/versions/{version}/publish': at('/workflows/none/versions/9/publish'),
  'post /workflows/{key}/versions/{version}/retire': at('/workflows/none/versions/9/retire'),
  'get /workflows/{key}/versions/{version}/diagram': at('/workflows/commitment/versions/1/diagram'),
};
