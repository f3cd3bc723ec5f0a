/**
 * Of what a rate is a share: of all tasks (report 158/BC-SKHĐT), of those that have fallen due, of its own group. Three
 * denominators are in official use, so a rate must say which one it has (rule C5).
 */
export const denominators = ['all', 'fallen_due', 'group'] as const;
export type Denominator = (typeof denominators)[number];
