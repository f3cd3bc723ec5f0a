export interface ProblemText {
  readonly status: number;
  readonly title: string;
  readonly vi: string;
  readonly en: string;
}

export const text = (status: number, title: string, vi: string, en: string): ProblemText => ({ status, title, vi, en });
