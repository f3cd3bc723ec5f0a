// Every table, as TypeORM sees it. test/adapters/db/drift.test.ts holds this and the migrations together.

import {
  auditEntryTable,
  importRunTable,
  reportRunTable,
  scheduleRunTable,
  scheduleTable,
  workerTable,
} from './entities/operations.ts';
import {
  absenceTable,
  accountTable,
  loginAttemptTable,
  membershipTable,
  sessionTable,
  unitTable,
} from './entities/organisation.ts';
import { calendarDayTable, calendarTable, programmeTable, workflowDefinitionTable } from './entities/programme.ts';
import { taskEventTable, taskTable } from './entities/task.ts';
import {
  dailyTallyTable,
  decisionLinkTable,
  deltaTable,
  idempotencyTable,
  intentionTable,
  mailTable,
  notificationTable,
} from './entities/task-effects.ts';

export const entities = [
  unitTable,
  accountTable,
  membershipTable,
  absenceTable,
  sessionTable,
  loginAttemptTable,
  workflowDefinitionTable,
  calendarTable,
  calendarDayTable,
  programmeTable,
  taskTable,
  taskEventTable,
  intentionTable,
  deltaTable,
  dailyTallyTable,
  idempotencyTable,
  notificationTable,
  mailTable,
  decisionLinkTable,
  importRunTable,
  reportRunTable,
  auditEntryTable,
  scheduleTable,
  scheduleRunTable,
  workerTable,
];
