// Random but repeatable histories through the one door: late entries, extensions, returns, stops, reopened work, timers.

import { v5 as uuidFrom } from 'uuid';
import { applyCommand, assignTask } from '../../src/application/tasks/apply.ts';
import { fireTimers } from '../../src/application/tasks/fire-timers.ts';
import type { Actor } from '../../src/domain/organisation/actor.ts';
import { Refusal } from '../../src/domain/refusal.ts';
import { addDays, dayOf, endOfDay, startOfDay } from '../../src/domain/schedule/civil-date.ts';
import type { AssignTask, Command, EffectiveAt, Task } from '../../src/domain/workflow/task.ts';
import { estimates } from '../../src/domain/workflow/task.ts';
import { actor, quiet, type World, zone } from './world.ts';

export type Dice = ((sides: number) => number) & { readonly pick: <T>(items: readonly T[]) => T };

/** The same throws for the same seed (mulberry32). */
export const dice = (seed: number): Dice => {
  let state = seed | 0;
  const roll = (sides: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  };
  return Object.assign(roll, { pick: <T>(items: readonly T[]): T => items[roll(items.length)] as T });
};

const leadUnits = ['VPUBND', 'SNV', 'SKHDT', 'TPCL'] as const;
const appraiserUnit = 'STTTT';
export const office = actor({ role: 'office' });
const secondInOffice = actor({ role: 'office' });
const heads = new Map(leadUnits.map((unit) => [unit as string, actor({ role: 'head', unit })]));
const appraiser = actor({ role: 'appraiser', unit: appraiserUnit });
const letter = { number: '12/UBND', date: '2022-01-05', issuer: 'UBND Tỉnh' };

/** Needs a world of the built-in commitment workflow. */
export class Histories {
  readonly #world: World;
  readonly #dice: Dice;
  readonly #taskIds: string[] = [];
  #commands = 0;
  constructor(world: World, roll: Dice) {
    this.#world = world;
    this.#dice = roll;
  }

  get taskIds(): readonly string[] {
    return this.#taskIds;
  }

  /** Assigns tasks, some of them entered days after they were given. */
  async assign(count: number): Promise<void> {
    if (this.#taskIds.length === 0) await this.#world.enrol(appraiser);
    for (let index = 0; index < count; index += 1) {
      this.#commands += 1;
      const id = uuidFrom(`task ${this.#commands}`, appraiser.id);
      const command: AssignTask = {
        type: 'assign',
        id,
        code: `P1-${String(this.#commands).padStart(4, '0')}`,
        title: `Nhiệm vụ ${this.#commands}`,
        kind: this.#dice.pick(['common', 'template', 'own']),
        leadUnit: this.#dice.pick(leadUnits),
        appraiserUnit,
        due:
          this.#dice(4) === 0 ? { kind: 'none', reason: 'Chờ chỉ đạo' } : { kind: 'on_or_before', day: this.#dueDay() },
        ...(this.#dice(3) === 0 ? { effectiveAt: this.#earlier(10) } : {}),
      };
      await assignTask(this.#world.store, this.#world.clock)(
        { actor: office, programme: 'P1', command },
        { key: this.#key(office), answer },
      );
      this.#taskIds.push(id);
    }
  }

  /** Does so many things, each on a random task, moving the clock up to some hours between them. */
  async live(steps: number, hours = 10): Promise<void> {
    for (let step = 0; step < steps; step += 1) {
      this.#passTime(hours);
      if (this.#dice(12) === 0) await this.#fireTimers();
      await this.#act(this.#dice.pick(this.#taskIds));
    }
  }

  async #act(taskId: string): Promise<void> {
    const task = (await this.#world.store.load([taskId])).get(taskId)?.task as Task;
    if (task.category === 'stopped') return;
    const [who, command] = this.#choice(task);
    const at = this.#dice(2) === 0 ? {} : { effectiveAt: this.#earlier(20) };
    try {
      await applyCommand(this.#world.store, this.#world.clock)(
        { taskId, actor: who, command: { ...command, ...at }, expectedVersion: task.version },
        { key: this.#key(who), answer },
      );
    } catch (error) {
      // An entry that would run backwards in time is refused, as it should be; nothing happened.
      if (!(error instanceof Refusal) || error.code !== 'effective.before_previous') throw error;
    }
  }

  #choice(task: Task): readonly [Actor, Exclude<Command, AssignTask>] {
    const head = heads.get(task.leadUnit) as Actor;
    const move = (who: Actor, transition: string, rest: object = {}) =>
      [who, { type: 'transition', transition, ...rest }] as const;
    const final = task.category === 'done' || task.category === 'not_done';
    if (final)
      return move(task.proposal ? secondInOffice : office, 'reopen', {
        reason: 'Phát hiện sai số liệu',
        document: letter,
      });
    if (this.#dice(3) === 0)
      return [
        head,
        {
          type: 'report_progress',
          progress: this.#dice(100),
          ...(this.#dice(4) ? { estimate: this.#dice.pick(estimates) } : {}),
        },
      ];
    if (this.#dice(6) === 0)
      return [
        office,
        {
          type: 'decide_deadline',
          due: this.#dice(5) ? { kind: 'on_or_before', day: this.#dueDay() } : { kind: 'none', reason: 'Chờ chỉ đạo' },
          reason: 'Theo đề nghị',
          document: letter,
        },
      ];
    if (this.#dice(25) === 0) return move(office, 'stop', { document: letter });
    if (task.category === 'assigned') return move(head, 'acknowledge');
    if (task.category === 'in_progress')
      return this.#dice(8) === 0 && task.dueOn !== null
        ? move(head, 'fail', { reason: 'Không kịp' })
        : move(head, 'submit', { fields: { result: 'Xong' }, evidence: [{ title: 'Báo cáo' }] });
    return move(appraiser, this.#dice.pick(['approve', 'approve', 'reject', 'return']), { reason: 'Đã xem' });
  }

  async #fireTimers(): Promise<void> {
    const { store, intentions, clock } = this.#world;
    const claimed = await intentions.claimDue(clock.now(), 500);
    const timers = claimed.filter(({ queue }) => queue === 'timers').map(({ id }) => id);
    if (timers.length > 0) await fireTimers(store, intentions, clock, quiet)(timers);
  }

  #passTime(hours: number): void {
    const { clock } = this.#world;
    const today = dayOf(clock.now(), zone);
    const midnight = endOfDay(today, zone).getTime();
    // Often exactly the last or the first millisecond of a day: that is where counting goes wrong.
    const to = this.#dice.pick([
      clock.now().getTime() + this.#dice(hours * 3_600_000),
      clock.now().getTime() + this.#dice(60_000),
      midnight - 1,
      midnight,
    ]);
    clock.advance(Math.max(1, to - clock.now().getTime()));
  }

  #dueDay(): string {
    return addDays(dayOf(this.#world.clock.now(), zone), this.#dice(60) - 5);
  }

  /** A whole day, or an instant at or around a midnight, up to so many days ago. */
  #earlier(days: number): EffectiveAt {
    const now = this.#world.clock.now();
    const day = addDays(dayOf(now, zone), -this.#dice(days));
    const instant = this.#dice.pick([
      endOfDay(day, zone).getTime() - 1,
      startOfDay(day, zone).getTime(),
      startOfDay(day, zone).getTime() - 1,
      startOfDay(day, zone).getTime() + this.#dice(86_400_000),
    ]);
    return this.#dice(2) === 0 ? day : new Date(Math.min(instant, now.getTime())).toISOString();
  }

  #key(who: Actor) {
    this.#commands += 1;
    return { actor: who.id, key: `step-${this.#commands}`, bodyHash: 'hash' };
  }
}

const answer = (task: Task) => ({ status: 200, etag: null, response: String(task.version) });
