/** 1.234,5 or 1234.5 or 12 -> a number; undefined when it is none. A comma is the decimal mark, as offices write it. */
export const readNumber = (typed: string): number | undefined => {
  const text = typed.trim().replace(/\s|%/g, '');
  const plain = /^-?\d{1,3}(\.\d{3})+(,\d+)?$/.test(text) ? text.replaceAll('.', '') : text;
  const read = plain.replace(',', '.');
  return /^-?\d+(\.\d+)?$/.test(read) ? Number(read) : undefined;
};
