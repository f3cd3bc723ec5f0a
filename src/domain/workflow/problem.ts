/** Something in a definition that stands in the way of publishing it. */
export interface Problem {
  /** JSON pointer to the place. */
  readonly pointer: string;
  /** Stable, for programs. */
  readonly code: string;
  readonly vi: string;
  readonly en: string;
}
