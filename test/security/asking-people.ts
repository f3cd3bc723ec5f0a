// Coming in, one's own account, everybody's accounts, absences, notifications.

import type { Ways } from './asking.ts';
import { at, reason } from './asking-tools.ts';
import { anAbsence, aSession, aToken, aView } from './ground.ts';

/** Refused as weak, which is asked first; of an account that is not there nobody gets so far. */
const weak = 'matkhaumatkhau';

export const peopleWays: Ways = {
  'post /sessions': at('/sessions', {}),
  'post /sessions/second-factor': at('/sessions/second-factor', { challenge: 'không có', code: '000000' }),
  'get /sessions/methods': at('/sessions/methods'),
  // No identity provider is configured here.
  'get /sessions/oidc/start': () => ({ url: '/sessions/oidc/start', passes: 503 }),
  'get /sessions/oidc/callback': () => ({ url: '/sessions/oidc/callback?code=a&state=b', passes: 503 }),
  'delete /sessions/current': () => ({ url: '/sessions/current', endsSessions: true }),
  'get /me': at('/me'),
  'post /me/password': at('/me/password', { oldPassword: 'sai', newPassword: weak }),
  'get /me/sessions': at('/me/sessions'),
  'delete /me/sessions': () => ({ url: '/me/sessions', endsSessions: true }),
  'delete /me/sessions/{id}': async (place, office) => ({ url: `/me/sessions/${await aSession(office, place)}` }),
  'post /me/second-factor': at('/me/second-factor', {}),
  'post /me/second-factor/confirmation': at('/me/second-factor/confirmation', { code: '000000' }),
  'post /me/second-factor/removal': at('/me/second-factor/removal', { password: 'sai', code: '000000' }),
  'get /me/tokens': at('/me/tokens'),
  'post /me/tokens': at('/me/tokens', { name: 'Thử', scopes: ['tasks:read'], expiresOn: '2000-01-01' }),
  'delete /me/tokens/{id}': async (place, office) => ({ url: `/me/tokens/${await aToken(office, place)}` }),

  'get /me/views': at('/me/views'),
  'post /me/views': at('/me/views', { name: 'Thử', query: 'có dấu' }),
  'delete /me/views/{id}': async (place, office) => ({ url: `/me/views/${await aView(office, place)}` }),

  'get /accounts': at('/accounts'),
  'post /accounts': at('/accounts', {}),
  'get /accounts/{id}': ({ person }) => ({ url: `/accounts/${person}` }),
  'put /accounts/{id}/memberships': ({ person }) => ({
    url: `/accounts/${person}/memberships`,
    body: { memberships: [{ role: 'head', unit: 'KHONG-CO' }], reason },
  }),
  'post /accounts/{id}/password': ({ person }) => ({
    url: `/accounts/${person}/password`,
    body: { password: weak, reason },
  }),
  'post /accounts/{id}/second-factor/reset': ({ person }) => ({
    url: `/accounts/${person}/second-factor/reset`,
    body: { reason },
  }),
  'post /accounts/{id}/identities/reset': ({ person }) => ({
    url: `/accounts/${person}/identities/reset`,
    body: { reason },
  }),
  // To themselves their duties cannot go.
  'post /accounts/{id}/deactivation': ({ person }) => ({
    url: `/accounts/${person}/deactivation`,
    body: { reason, transferTo: person },
  }),
  // Active already.
  'post /accounts/{id}/reactivation': ({ person }) => ({ url: `/accounts/${person}/reactivation`, body: { reason } }),

  'get /absences': at('/absences'),
  'get /absences/people': at('/absences/people'),
  'post /absences': ({ person }) => ({
    url: '/absences',
    body: { accountId: person, from: '2022-06-02', until: '2022-06-01' },
  }),
  'delete /absences/{id}': async (place, office) => ({ url: `/absences/${await anAbsence(office, place)}` }),
  'get /live': at('/live'),
  'get /notifications': at('/notifications'),
  'post /notifications/read': at('/notifications/read', { upTo: '0' }),
  'post /notifications/{id}/read': ({ notification }) => ({ url: `/notifications/${notification}/read` }),
};
