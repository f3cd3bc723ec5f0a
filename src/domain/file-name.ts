// The name somebody gave a file. It is shown to people and never a path: storage has names of its own.

const longest = 200;
// Cc: control characters. Cf: bidi controls, zero-width characters and other marks that make a name read as another one.
const unseen = /[\p{Cc}\p{Cf}\p{Cs}]/gu;
const controlSpace = /[\t\n\v\f\r]/gu;

/**
 * The name to keep: the last part of a path, NFC, nothing invisible, at most 200 characters with the extension kept.
 * @returns undefined when nothing of a name is left
 */
export const cleanFileName = (given: string): string | undefined => {
  const last = given.split(/[/\\]/u).at(-1) ?? '';
  const name = last.normalize('NFC').replace(controlSpace, ' ').replace(unseen, '').replace(/\s+/gu, ' ').trim();
  const dot = name.lastIndexOf('.');
  const [stem, extension] = dot < 0 ? [name, ''] : [name.slice(0, dot).trim(), name.slice(dot)];
  if (stem.replaceAll('.', '') === '') return undefined;
  const room = longest - Math.min([...extension].length, longest - 1);
  return [...stem].slice(0, room).join('').trimEnd() + [...extension].slice(0, longest - 1).join('');
};

/** Lower case, without the dot; empty when there is none. */
export const extensionOf = (name: string): string => {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? '' : name.slice(dot + 1).toLowerCase();
};
