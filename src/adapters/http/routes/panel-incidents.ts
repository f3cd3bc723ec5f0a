import { z } from 'zod';
import type { PanelIncident } from '../../../application/appraisals/incidents.ts';
import { incidents } from '../../../domain/appraisal/voting.ts';
import { type Route, route } from '../route.ts';

const incident = z
  .object({
    taskId: z.uuid(),
    code: z.string(),
    unit: z.string(),
    agencies: z.array(z.string()),
    round: z.number().int(),
    since: z.iso.date(),
    incident: z.enum(incidents),
    remedies: z.array(z.enum(['name_substitute', 'add_member', 'vote_again', 'reassign'])),
  })
  .meta({ id: 'PanelIncident', description: 'A panel that cannot decide at present, and what would mend it.' });

export const panelIncidentRoutes = (list: () => Promise<readonly PanelIncident[]>): readonly Route[] => [
  route({
    method: 'get',
    path: '/operations/panel-incidents',
    tag: 'Operations',
    summary: 'Appraisal rounds that cannot be decided as things stand: nobody eligible, no quorum, no agreement',
    requires: 'appraisal.incidents',
    answers: { 200: { description: 'As of now.', schema: z.object({ items: z.array(incident) }) } },
    handle: async () => ({ status: 200, body: { items: await list() } }),
  }),
];
