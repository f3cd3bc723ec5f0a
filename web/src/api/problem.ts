// What the API says when it refuses: problem details with a stable code and texts in both languages.

import type { Language } from '../settings.ts';

export interface ProblemBody {
  readonly code: string;
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly detailEn: string;
  readonly instance: string;
  readonly [detail: string]: unknown;
}

export class Problem extends Error {
  readonly body: ProblemBody;
  constructor(body: ProblemBody) {
    super(body.detail);
    this.name = 'Problem';
    this.body = body;
  }
  get code(): string {
    return this.body.code;
  }
  get status(): number {
    return this.body.status;
  }
}

/** No answer at all: the network, or a server that is down. */
export class NoConnection extends Error {}

export const isProblem = (error: unknown, code?: string): error is Problem =>
  error instanceof Problem && (code === undefined || error.code === code);

/** The sentence to show for anything that went wrong. */
export const sentenceOf = (
  error: unknown,
  language: Language,
  words: { readonly offline: string; readonly fault: string },
): string => {
  if (error instanceof Problem) {
    const told = language === 'en' ? error.body.detailEn : error.body.detail;
    return error.code === 'fault' ? `${words.fault} ${error.body.instance}` : told;
  }
  return error instanceof NoConnection ? words.offline : words.fault;
};
