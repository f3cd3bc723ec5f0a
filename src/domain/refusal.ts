// The one class of expected failure: the rules say no, and nothing was changed.
// Everything else that is thrown is a fault. Texts and HTTP statuses live in adapters/http/problem.ts.

export type RefusalCode =
  | 'body.malformed'
  | 'body.too_large'
  | 'body.too_deep'
  | 'input.invalid'
  | 'route.unknown'
  | 'media_type.unsupported'
  | 'idempotency_key.missing'
  | 'idempotency_key.reused'
  | 'version.missing'
  | 'version.stale'
  | 'session.required'
  | 'session.failed'
  | 'session.forged_request'
  | 'rate.exceeded'
  | 'permission.denied'
  | 'conflict_of_interest'
  | 'task.not_found'
  | 'task.exists'
  | 'task.wrong_state'
  | 'task.deadline_required'
  | 'task.secret_content'
  | 'appraisal.not_open'
  | 'appraisal.opinion_only'
  | 'appraisal.absent'
  | 'appraisal.has_votes'
  | 'appraisal.question_open'
  | 'appraisal.no_question'
  | 'reopening.frozen'
  | 'reopening.window_closed'
  | 'reopening.second_person'
  | 'absence.not_found'
  | 'account.not_found'
  | 'transition.unknown'
  | 'transition.guard_failed'
  | 'requirement.missing'
  | 'effective.in_future'
  | 'effective.before_previous'
  | 'definition.not_found'
  | 'definition.invalid'
  | 'definition.not_draft'
  | 'definition.not_published'
  | 'definition.exists'
  | 'programme.not_found'
  | 'programme.exists'
  | 'unit.not_found'
  | 'unit.exists'
  | 'unit.ended'
  | 'unit.not_begun'
  | 'unit.cycle'
  | 'unit.has_open_tasks'
  | 'reorganisation.not_found'
  | 'reorganisation.frozen'
  | 'reorganisation.conflicts'
  | 'reorganisation.not_planned'
  | 'user.exists'
  | 'calendar.not_found'
  | 'report.not_found'
  | 'import.not_found'
  | 'import.unreadable'
  | 'import.too_large'
  | 'import.rows_invalid'
  | 'notification.not_found'
  | 'queue.not_found'
  | 'job.not_found'
  | 'schedule.not_found'
  | 'intention.not_found'
  | 'service.unavailable';

/** Details a client can act on; never secrets, never another unit's content. */
export type RefusalDetails = Readonly<Record<string, unknown>>;

export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly details: RefusalDetails;

  constructor(code: RefusalCode, details: RefusalDetails = {}) {
    super(code);
    this.name = 'Refusal';
    this.code = code;
    this.details = details;
  }
}
