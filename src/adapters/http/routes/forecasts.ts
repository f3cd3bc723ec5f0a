// A forecast beside what units declare, and what earlier ones were worth.

import { z } from 'zod';
import type { AuditLog, Clock } from '../../../application/ports.ts';
import {
  type ForecastStore,
  keepForecast,
  readForecast,
  scoreForecasts,
} from '../../../application/reports/forecast.ts';
import { type Route, route } from '../route.ts';
import { code, day } from '../schemas.ts';

export interface ForecastRouteParts {
  readonly forecasts: ForecastStore;
  readonly audit: AuditLog;
  readonly clock: Clock;
}

const band = z.object({ low: z.number().int(), point: z.number().int(), high: z.number().int() }).nullable();
const figures = {
  total: z.number().int(),
  doneAlready: z.number().int(),
  open: z.number().int(),
  expected: z.number().nullable(),
  done: band,
  withoutHistory: z.number().int(),
};
const view = z
  .looseObject({
    programme: z.object({ code: z.string(), name: z.string() }),
    asOf: z.iso.date(),
    knownAt: z.iso.datetime(),
    method: z.string(),
    history: z.number().int(),
    explanation: z.string().nullable(),
    ...figures,
    byUnit: z.array(z.object({ unit: z.string(), ...figures })),
  })
  .meta({
    id: 'Forecast',
    description: 'From history alone; what units declare is in the statistics, and never in here.',
  });

export const forecastRoutes = ({ forecasts, audit, clock }: ForecastRouteParts): readonly Route[] => [
  route({
    method: 'get',
    path: '/reports/forecast',
    tag: 'Reports',
    summary: 'How many tasks will be done by the end of the year, judged by earlier years',
    description:
      'For each open task: of earlier years’ tasks of the same kind that were still open when the same share of their time had gone by, how many were done within their year. `done` is the median with a band that holds nine times in ten. With fewer than 20 comparable tasks there is none, and `explanation` says so. It uses only what was known by the end of `asOf`.',
    requires: 'report.read',
    scope: 'reports:read',
    query: z.strictObject({ programme: code, asOf: day.optional() }),
    answers: { 200: { description: 'The forecast.', schema: view } },
    handle: async ({ query, actor }) => ({ status: 200, body: await readForecast(forecasts, clock)(query, actor) }),
  }),
  route({
    method: 'post',
    path: '/reports/forecasts',
    tag: 'Reports',
    summary: 'Keep a forecast for ever, to be scored when the year is over',
    requires: 'report.freeze',
    scope: 'reports:write',
    body: z.strictObject({ programme: code, asOf: day.optional() }),
    answers: { 201: { description: 'Kept.', schema: view } },
    handle: async ({ body, actor }) => ({
      status: 201,
      body: await keepForecast(forecasts, clock, audit)(body, actor),
    }),
  }),
  route({
    method: 'get',
    path: '/reports/forecast/score',
    tag: 'Reports',
    summary: 'What kept forecasts were worth: Brier score and how often the band held',
    description:
      'Oldest first. `score` is null while the year is not over; `reference` is what always saying the share that came true would have earned.',
    requires: 'report.read',
    scope: 'reports:read',
    query: z.strictObject({ programme: code }),
    answers: { 200: { description: 'The scores.', schema: z.object({ items: z.array(z.looseObject({})) }) } },
    handle: async ({ query, actor }) => ({
      status: 200,
      body: { items: await scoreForecasts(forecasts, clock)(query.programme, actor) },
    }),
  }),
];
