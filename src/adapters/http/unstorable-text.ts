// JSON can escape what neither PostgreSQL nor canonical JSON (RFC 8785) can hold: U+0000 and half a surrogate pair.
// Such a text would fail only when it is hashed or written, as a fault instead of an answer.

const unstorable = /\0|\p{Cs}/u;

export const unstorableMessage = 'Contains U+0000, half a surrogate pair or the key __proto__.';

/** JSON pointer to the first such text or key; undefined when there is none. Without recursion, as bodies may be deep. */
export const unstorableText = (body: unknown): string | undefined => {
  const open: (readonly [pointer: string, value: unknown])[] = [['', body]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [pointer, value] = next;
    if (typeof value === 'string' && unstorable.test(value)) return pointer;
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, item] of Object.entries(value)) {
      if (unstorable.test(key)) return pointer;
      // Records drop this key without a word, and what is dropped must be said.
      if (key === '__proto__') return `${pointer}/__proto__`;
      open.push([`${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, item]);
    }
  }
  return undefined;
};
