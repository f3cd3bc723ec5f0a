// Every table, as TypeORM sees it. test/adapters/db/drift.test.ts holds this and the migrations together.

import { checkpointLeafTable, checkpointTable } from './entities/audit.ts';
import { bulkRunRefusalTable, bulkRunTable } from './entities/bulk-runs.ts';
import { deadlineProposalTable, documentTable, documentTaskTable, taskLinkTable } from './entities/documents.ts';
import { evidenceFileTable } from './entities/evidence.ts';
import { commonCopyTable, commonTaskTable, urgingLineTable, urgingRoundTable } from './entities/following.ts';
import { reportingTable, reportObligationTable } from './entities/obligations.ts';
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
  membershipTable,
  reorganisationTable,
  unitTable,
  unitVersionTable,
} from './entities/organisation.ts';
import { calendarDayTable, calendarTable, programmeTable, workflowDefinitionTable } from './entities/programme.ts';
import { programmePhaseTable, scopeReviewTable } from './entities/programme-phases.ts';
import { blocOpinionTable, forecastTable, proposalTable, registrationTable } from './entities/registration.ts';
import {
  confirmationEntryTable,
  confirmationLineTable,
  confirmationRoundTable,
  reportEditionStepTable,
  reportEditionTable,
  reportRunRowsTable,
} from './entities/reports.ts';
import {
  apiTokenTable,
  externalIdentityTable,
  loginAttemptTable,
  recoveryCodeTable,
  secondFactorTable,
  sessionTable,
  signInChallengeTable,
} from './entities/sign-in.ts';
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
import { savedViewTable } from './entities/views.ts';

export const entities = [
  unitTable,
  unitVersionTable,
  reorganisationTable,
  accountTable,
  membershipTable,
  absenceTable,
  sessionTable,
  loginAttemptTable,
  signInChallengeTable,
  apiTokenTable,
  secondFactorTable,
  recoveryCodeTable,
  externalIdentityTable,
  workflowDefinitionTable,
  calendarTable,
  calendarDayTable,
  programmeTable,
  taskTable,
  taskEventTable,
  evidenceFileTable,
  intentionTable,
  deltaTable,
  dailyTallyTable,
  idempotencyTable,
  notificationTable,
  mailTable,
  decisionLinkTable,
  importRunTable,
  reportRunTable,
  reportRunRowsTable,
  reportEditionTable,
  reportEditionStepTable,
  confirmationRoundTable,
  confirmationLineTable,
  confirmationEntryTable,
  auditEntryTable,
  checkpointTable,
  checkpointLeafTable,
  scheduleTable,
  scheduleRunTable,
  workerTable,
  documentTable,
  documentTaskTable,
  taskLinkTable,
  deadlineProposalTable,
  programmePhaseTable,
  scopeReviewTable,
  registrationTable,
  proposalTable,
  blocOpinionTable,
  forecastTable,
  reportingTable,
  reportObligationTable,
  urgingRoundTable,
  urgingLineTable,
  commonTaskTable,
  commonCopyTable,
  savedViewTable,
  bulkRunTable,
  bulkRunRefusalTable,
];
