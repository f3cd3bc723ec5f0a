// Which passwords are refused. With 12 characters at least, lists of the commonest passwords hold little else than a few
// words, names and runs with digits behind them; so these are taken away, and what is left has to be something.
// Rules of composition (a capital, a sign) are not asked: they lead to "Matkhau@123456" (ASVS 5.0, 6.2.5 and 6.2.11).

export type PasswordProblem = 'too_short' | 'too_long' | 'guessable';

export const shortestPassword = 12;
export const longestPassword = 128;
/** So many characters must be left when everything that can be guessed is taken away. */
const leastLeft = 4;

/** @param owner whose name and address must not make up the password */
export const passwordProblem = (
  password: string,
  owner: { readonly email: string; readonly name: string },
): PasswordProblem | undefined => {
  const length = [...password].length;
  if (length < shortestPassword) return 'too_short';
  if (length > longestPassword) return 'too_long';
  const own = [owner.name, ...owner.email.split('@')]
    .flatMap((text) => plain(text).split(' '))
    .filter((word) => word.length > 2);
  const joined = plain(owner.name).replaceAll(' ', '');
  const words = [...common, ...own, joined].filter((word) => word !== '').sort((a, b) => b.length - a.length);
  const bare = plain(password).replaceAll(' ', '');
  const left = words.reduce((rest, word) => rest.replaceAll(word, ' '), bare);
  return withoutRuns(left).replaceAll(' ', '').length < leastLeft ? 'guessable' : undefined;
};

/** Small letters and digits; accents off, usual stand-ins for letters read as the letters, all else a space. */
const plain = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('đ', 'd')
    .replaceAll('@', 'a')
    .replaceAll('$', 's')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Takes away repetitions (aaa, abab), steps (abc, 321), rows of the keyboard and years. */
const withoutRuns = (text: string): string => {
  const withoutRows = rows.reduce((rest, row) => rest.replaceAll(row, ' '), text.replaceAll(/(?:19|20)\d\d/g, ' '));
  const withoutRepeats = withoutRows.replaceAll(/(.+?)\1+/gu, '$1').replaceAll(/(.)\1+/gu, '$1');
  let left = '';
  let run = '';
  for (const sign of `${withoutRepeats} `) {
    if (run === '' || isStep(run, sign)) run += sign;
    else {
      left += run.length > 2 ? ' ' : run;
      run = sign;
    }
  }
  return left + run;
};

/** Does the sign go on in the direction in which the run goes? */
const isStep = (run: string, sign: string): boolean => {
  const step = codeOf(sign) - codeOf(run.at(-1) ?? '');
  const before = run.length > 1 ? codeOf(run.at(-1) ?? '') - codeOf(run.at(-2) ?? '') : step;
  return Math.abs(step) === 1 && step === before;
};

const codeOf = (sign: string): number => sign.codePointAt(0) ?? 0;

const keyboard = ['1234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', '1qaz2wsx3edc4rfv', '1q2w3e4r5t', 'qazwsxedc'];
const back = (text: string): string => [...text].reverse().join('');
/** Every stretch of four or more, the longest first. */
const rows: readonly string[] = keyboard
  .flatMap((row) => [row, back(row)])
  .flatMap((row) =>
    Array.from({ length: row.length - 3 }, (_, from) =>
      Array.from({ length: row.length - from - 3 }, (_unused, more) => row.slice(from, from + 4 + more)),
    ).flat(),
  )
  .sort((a, b) => b.length - a.length);

/** Words of which the commonest long passwords are made, here and elsewhere; our own words too. */
const common: readonly string[] = (
  'password passw0rd p4ssword pass word matkhau mat khau mk admin administrator root user guest test demo default change ' +
  'changeme welcome letmein login master secret dragon monkey sunshine princess football baseball superman batman ' +
  'iloveyou love hello shadow michael jordan computer internet samsung google facebook abc trustno1 starwars whatever ' +
  'vietnam vietnamese hanoi saigon hochiminh anhyeuem emyeuanh yeuem yeuanh iuanh toiyeu xinchao conmeo congchuc ' +
  'ubnd tinh sonoivu vanphong dondoc nhiemvu thamdinh quantri'
).split(' ');
