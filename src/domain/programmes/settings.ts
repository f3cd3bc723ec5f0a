/**
 * Of what a rate is a share: of all tasks (report 158/BC-SKHĐT), of those that have fallen due, of its own group. Three
 * denominators are in official use, so a rate must say which one it has (rule C5).
 */
export const denominators = ['all', 'fallen_due', 'within_group'] as const;
export type Denominator = (typeof denominators)[number];

/** Half up as report 158/BC-SKHĐT does, or cut off as the Government's working group does: 98,6297 is 98,62 (rule C6). */
export const roundings = ['half_up', 'truncate'] as const;
export type Rounding = (typeof roundings)[number];

export const mostPercentDigits = 2;

/** How a rate is printed. */
export interface ShareRule {
  /** Decimals, 0 to 2. */
  readonly percentDigits: number;
  readonly rounding: Rounding;
}

/** How the figures of a programme are told. */
export interface FigureRule extends ShareRule {
  readonly denominator: Denominator;
}

/** Of who says nothing: the rule of report 158/BC-SKHĐT. */
export const usualRule: FigureRule = { denominator: 'all', percentDigits: 1, rounding: 'half_up' };

export const sameRule = (one: FigureRule, other: FigureRule): boolean =>
  one.denominator === other.denominator && one.percentDigits === other.percentDigits && one.rounding === other.rounding;
