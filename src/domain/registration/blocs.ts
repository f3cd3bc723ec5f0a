/** Units by bloc, in the order in which the blocs come up. */
export interface BlocOf {
  readonly bloc: string;
}

export const blocsOf = <U extends BlocOf>(
  units: readonly U[],
): readonly (BlocOf & { readonly units: readonly U[] })[] =>
  [...new Set(units.map(({ bloc }) => bloc))].map((bloc) => ({
    bloc,
    units: units.filter((unit) => unit.bloc === bloc),
  }));
