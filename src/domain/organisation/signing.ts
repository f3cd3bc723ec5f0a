/**
 * In what capacity somebody signs for another (Nghị định 30/2020/NĐ-CP, annex I): a deputy for the head (KT.), by order (TL.),
 * by authorisation (TUQ.), on behalf of a collective (TM.), acting head (Q.).
 */
export const signings = ['KT.', 'TL.', 'TUQ.', 'TM.', 'Q.'] as const;
export type Signing = (typeof signings)[number];
