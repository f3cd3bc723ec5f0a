import type { Actor } from '../../domain/organisation/actor.ts';
import { taskScope } from '../../domain/organisation/policy.ts';
import { Refusal } from '../../domain/refusal.ts';
import { judge, type MatrixOf, matrixOf, type ObligationState } from '../../domain/reporting/obligations.ts';
import { type Regime, type ReportLevel, regimeProblems } from '../../domain/reporting/regime.ts';
import { type Submission, submissionsOf } from '../../domain/reporting/submissions.ts';
import { type CivilDate, dayOf } from '../../domain/schedule/civil-date.ts';
import type { TaskEvent } from '../../domain/workflow/task.ts';
import { entryOf } from '../audit/entry.ts';
import type { Log } from '../log.ts';
import { permit } from '../permit.ts';
import type { AuditLog, Clock } from '../ports.ts';
import { type CreateYearParts, createYear, reportWorkflow, type YearMade } from './create-year.ts';
import type { Obligation, ObligationFilter, Reporting } from './ports.ts';

export interface ObligationParts extends CreateYearParts {
  readonly actorOf: (id: string, now: Date) => Promise<Actor | undefined>;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly log: Log;
  readonly zone: string;
  /** The whole history of a task. */
  readonly events: (taskId: string) => Promise<readonly TaskEvent[]>;
}

export interface ObligationList {
  /** Tính đến ngày: the local day on which all of it was judged. */
  readonly asOf: CivilDate;
  readonly items: readonly Obligation[];
}

export const manageObligations = (parts: ObligationParts) => {
  const { obligations, tasks, audit, clock, log, zone } = parts;
  const create = createYear(parts);
  const today = (): CivilDate => dayOf(clock.now(), zone);

  const makeYear = async (programme: string, year: number, actor: Actor): Promise<YearMade> => {
    const made = await create(programme, year, actor);
    const object = `programme ${programme}`;
    if (made.created > 0)
      await audit.record(entryOf(clock, { actor, action: 'obligations.created', object, detail: { ...made } }));
    return made;
  };

  const list = async (
    {
      states,
      ...filter
    }: Omit<ObligationFilter, 'scope'> & { readonly states?: readonly ObligationState[] | undefined },
    actor: Actor,
  ): Promise<ObligationList> => {
    const asOf = today();
    const rows = await obligations.list({ ...filter, scope: taskScope(actor) });
    const items = rows.map((row) => ({ ...row, ...judge(row, asOf) }));
    return { asOf, items: states ? items.filter(({ state }) => states.includes(state)) : items };
  };

  return {
    reporting: (programme: string): Promise<Reporting | undefined> => obligations.reporting(programme),

    /**
     * Sets the regimes of a programme and makes the obligations of the present year; those made before stay as they are.
     * @throws Refusal input.invalid, version.stale, reporting.no_aggregator, definition.not_published, unit.not_found
     */
    async set(
      programme: string,
      { regimes, expectedVersion }: { readonly regimes: readonly Regime[]; readonly expectedVersion: number },
      actor: Actor,
    ): Promise<{ readonly reporting: Reporting; readonly made: YearMade }> {
      permit(actor, 'reporting.write', { kind: 'programme', programme });
      const problems = regimeProblems(regimes);
      if (problems.length > 0)
        throw new Refusal('input.invalid', {
          errors: problems.map(({ pointer, message }) => ({
            in: 'body',
            pointer: `/regimes${pointer}`,
            code: 'regime',
            message,
          })),
        });
      await tasks.ground(programme, reportWorkflow);
      for (const { reportsTo } of regimes) if (reportsTo !== undefined) await tasks.unitLine(reportsTo, clock.now());
      if (!(await parts.programme(programme))?.aggregator) throw new Refusal('reporting.no_aggregator', { programme });
      const reporting = { programme, version: expectedVersion + 1, regimes, setBy: actor.id, setAt: clock.now() };
      if (!(await obligations.setReporting(reporting))) {
        const current = await obligations.reporting(programme);
        throw new Refusal('version.stale', { expectedVersion, currentVersion: current?.version ?? 0 });
      }
      const object = `programme ${programme}`;
      await audit.record(entryOf(clock, { actor, action: 'reporting.set', object, detail: { regimes } }));
      return { reporting, made: await makeYear(programme, Number(today().slice(0, 4)), actor) };
    },

    makeYear,
    today,

    /**
     * What the schedule does: units that came since get their reports of this year, and in December everybody those of
     * the next. Done under the rights of whoever set the regime; one programme that cannot holds up no other.
     */
    async makeYears(nominalAt: Date): Promise<string> {
      const [year = 0, month = 0] = dayOf(nominalAt, zone).split('-').map(Number);
      let created = 0;
      let failed = 0;
      for (const { programme, setBy } of await obligations.allReporting())
        for (const one of month === 12 ? [year, year + 1] : [year])
          try {
            const actor = await parts.actorOf(setBy, clock.now());
            if (!actor) throw new Refusal('account.not_active', { account: setBy });
            created += (await makeYear(programme, one, actor)).created;
          } catch (error) {
            failed += 1;
            log.error('The obligations of a programme could not be made.', { programme, year: one, error });
          }
      return `${created} obligations made, ${failed} failures`;
    },

    list,

    /** @throws Refusal task.not_found, also for what exists and is not theirs */
    async find(
      id: string,
      actor: Actor,
    ): Promise<Omit<Obligation, 'submissions'> & { readonly submissions: readonly Submission[] }> {
      const row = await obligations.find(id, taskScope(actor));
      if (!row) throw new Refusal('task.not_found', { taskId: id });
      return { ...row, ...judge(row, today()), submissions: submissionsOf(await parts.events(id)) };
    },

    /** Units by periods over years; the reports of the aggregating agency, which wait for theirs, apart. */
    async matrix(
      filter: Omit<ObligationFilter, 'scope'>,
      actor: Actor,
    ): Promise<{
      readonly asOf: CivilDate;
      readonly matrix: MatrixOf<Obligation>;
      readonly upward: MatrixOf<Obligation>;
      readonly items: readonly Obligation[];
    }> {
      const { asOf, items } = await list(filter, actor);
      const of = (level: ReportLevel) => matrixOf(items.filter((item) => item.level === level));
      return { asOf, items, matrix: of('unit'), upward: of('aggregator') };
    },
  };
};
export type ManageObligations = ReturnType<typeof manageObligations>;
