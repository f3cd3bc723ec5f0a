// A plausible year of each demonstration commitment: what people did, when it happened and when they entered it.
// The end of each story is the row's state at the cut-off; the figures of report 158/BC-SKHĐT come out of the stories.
// The stories are invented (domain rule: label everything "Dữ liệu minh họa").

import { addDays, type CivilDate, weekday } from '../domain/schedule/civil-date.ts';
import type { DecideDeadline, Estimate, MoveTask, ReportProgress } from '../domain/workflow/task.ts';

export interface DemoCommitment {
  readonly code: string;
  readonly unit: string;
  readonly title: string;
  readonly appraiser: string;
  /** State at the cut-off 30/10/2022 and the unit's estimate of the whole year, as the sheet says them. */
  readonly state: 'in_progress' | 'done' | 'not_done' | 'awaiting_appraisal' | 'stopped';
  readonly estimate: Estimate;
}

export type DemoActor =
  | { readonly kind: 'focal_point' | 'head' | 'appraiser'; readonly unit: string }
  | { readonly kind: 'office' };

export interface DemoStep {
  readonly code: string;
  /** Day and local time at which it was entered. */
  readonly on: CivilDate;
  readonly at: string;
  readonly actor: DemoActor;
  /** Effective day where it differs from the day of entry. */
  readonly effectiveOn?: CivilDate;
  readonly command: MoveTask | ReportProgress | DecideDeadline;
}

/** The programme's tasks are assigned on this day. */
export const assignedOn = '2022-01-14';
/** Entered after the cut-off, happened before it: about a quarter of the rows (domain rule M1). */
const lateDays = ['2022-10-31', '2022-11-01', '2022-11-02', '2022-11-03', '2022-11-04'] as const;

export const storyOf = (commitment: DemoCommitment): readonly DemoStep[] => {
  const chance = dice(commitment.code);
  const scene = new Scene(commitment, chance);
  const neverOpened = commitment.state === 'in_progress' && commitment.estimate === 'done' && chance(12) === 0;
  if (!neverOpened) scene.acknowledge();
  if (commitment.state === 'done') scene.achieve();
  else if (commitment.state === 'not_done') scene.fail();
  else if (commitment.state === 'stopped') scene.stop();
  else if (commitment.state === 'awaiting_appraisal') scene.await();
  else scene.carryOn(neverOpened);
  return scene.steps;
};

type Dice = (sides: number) => number;

class Scene {
  readonly steps: DemoStep[] = [];
  readonly #of: DemoCommitment;
  readonly #chance: Dice;
  #percent = 5;

  constructor(of: DemoCommitment, chance: Dice) {
    this.#of = of;
    this.#chance = chance;
  }

  acknowledge(): void {
    this.#add(this.#day('2022-01-17', 10), this.#focal, { type: 'transition', transition: 'acknowledge' });
  }

  /** Done: submitted between June and early October, appraised within three weeks; some were returned once. */
  achieve(): void {
    const submittedOn = this.#day('2022-06-01', 110);
    this.#months(['2022-02', '2022-04', '2022-05'], 'done');
    if (this.#chance(10) === 0) {
      const first = workday(addDays(submittedOn, -25));
      this.#submit(first);
      this.#answer(
        workday(addDays(first, 6)),
        'return',
        'Minh chứng chưa đủ; đề nghị bổ sung số liệu và văn bản xác nhận.',
      );
    }
    this.#submit(submittedOn);
    const appraisedOn = workday(addDays(submittedOn, 4 + this.#chance(14)));
    if (this.#chance(6) === 0)
      this.#late(workday(addDays('2022-10-20', this.#chance(9))), this.#appraiser, {
        type: 'transition',
        transition: 'approve',
      });
    else this.#answer(appraisedOn, 'approve');
  }

  /** Not done: judged so by the appraiser, or said so by the unit's head. */
  fail(): void {
    this.#months(['2022-03', '2022-05', '2022-07'], 'done');
    this.#months(['2022-08'], 'not_done');
    const on = this.#day('2022-09-12', 20);
    if (this.#chance(2) === 0) {
      this.#submit(on);
      this.#answer(workday(addDays(on, 7)), 'reject', 'Kết quả đo được không đạt chỉ tiêu đã cam kết.');
    } else
      this.#add(
        on,
        { kind: 'head', unit: this.#of.unit },
        {
          type: 'transition',
          transition: 'fail',
          reason: 'Không còn đủ thời gian và nguồn lực để đạt chỉ tiêu trong năm.',
        },
      );
  }

  /** Stopped: only by decision of the province, entered by its office. */
  stop(): void {
    this.#months(['2022-03', '2022-06'], 'done');
    const on = this.#day('2022-08-15', 40);
    this.#add(
      on,
      { kind: 'office' },
      {
        type: 'transition',
        transition: 'stop',
        document: {
          number: `${900 + this.#chance(300)}/QĐ-UBND-HC`,
          date: workday(addDays(on, -3)),
          issuer: 'UBND Tỉnh',
        },
        reason: 'UBND Tỉnh cho dừng thực hiện.',
      },
    );
  }

  /** Waiting: submitted by the cut-off; a quarter of these was entered only in the first days of November. */
  await(): void {
    this.#months(['2022-03', '2022-05', '2022-07', '2022-09'], this.#of.estimate);
    if (this.#chance(4) === 0)
      this.#late(workday(addDays('2022-10-24', this.#chance(5))), this.#focal, this.#submission());
    else this.#submit(this.#day('2022-09-20', 36));
    // After the report: it changes the figures of later days, and never those of 30/10.
    if (this.#chance(7) === 0) this.#answer(this.#day('2022-11-10', 14), 'approve');
  }

  /** Still running; the estimate is the unit's judgement of October. */
  carryOn(neverOpened: boolean): void {
    if (!neverOpened) this.#months(['2022-02', '2022-04', '2022-06', '2022-08'], 'done');
    if (this.#chance(13) === 0) this.#extend();
    const report = this.#report(this.#of.estimate);
    if (this.#chance(4) === 0) this.#late(workday(addDays('2022-10-26', this.#chance(3))), this.#focal, report);
    else this.#add(this.#day('2022-10-20', 8), this.#focal, report);
  }

  #extend(): void {
    const on = this.#day('2022-10-03', 12);
    this.#add(
      on,
      { kind: 'office' },
      {
        type: 'decide_deadline',
        due: { kind: 'on_or_before', day: '2023-03-31' },
        reason: 'Gia hạn theo đề nghị của đơn vị.',
        document: { number: `${1500 + this.#chance(150)}/UBND-THVX`, date: on, issuer: 'UBND Tỉnh' },
      },
    );
  }

  #months(months: readonly string[], estimate: Estimate): void {
    for (const month of months) this.#add(this.#day(`${month}-20`, 5), this.#focal, this.#report(estimate));
  }

  #report(estimate: Estimate): ReportProgress {
    this.#percent = Math.min(95, this.#percent + 8 + this.#chance(18));
    return {
      type: 'report_progress',
      progress: this.#percent,
      narrative: 'Đang triển khai theo kế hoạch; đã phối hợp các đơn vị liên quan.',
      estimate,
    };
  }

  #submission(): MoveTask {
    return {
      type: 'transition',
      transition: 'submit',
      fields: { result: 'Đã hoàn thành nội dung cam kết theo chỉ tiêu đăng ký.' },
      evidence: [{ title: 'Báo cáo kết quả thực hiện', reference: `${10 + this.#chance(400)}/BC-${this.#of.unit}` }],
    };
  }

  #submit(on: CivilDate): void {
    this.#add(on, this.#focal, this.#submission());
  }

  #answer(on: CivilDate, transition: string, reason?: string): void {
    this.#add(on, this.#appraiser, { type: 'transition', transition, ...(reason === undefined ? {} : { reason }) });
  }

  #late(effectiveOn: CivilDate, actor: DemoActor, command: DemoStep['command']): void {
    const on = lateDays[this.#chance(lateDays.length)] ?? lateDays[0];
    this.steps.push({ code: this.#of.code, on, at: this.#time(), actor, effectiveOn, command });
  }

  #add(on: CivilDate, actor: DemoActor, command: DemoStep['command']): void {
    this.steps.push({ code: this.#of.code, on, at: this.#time(), actor, command });
  }

  /** A working weekday within so many days of the first. */
  #day(from: CivilDate, span: number): CivilDate {
    return workday(addDays(from, this.#chance(span)));
  }

  #time(): string {
    return `${String(8 + this.#chance(8)).padStart(2, '0')}:${String(this.#chance(60)).padStart(2, '0')}`;
  }

  get #focal(): DemoActor {
    return { kind: 'focal_point', unit: this.#of.unit };
  }

  get #appraiser(): DemoActor {
    return { kind: 'appraiser', unit: this.#of.appraiser };
  }
}

/** The day itself, or the Friday before a weekend. */
const workday = (day: CivilDate): CivilDate => addDays(day, -Math.max(0, weekday(day) - 5));

/** The same throws for the same code, on every machine: the demonstration is the same everywhere. */
const dice = (code: string): Dice => {
  let state = [...code].reduce(
    (hash, letter) => Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16_777_619),
    -2_128_831_035,
  );
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  };
};
