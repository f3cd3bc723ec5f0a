// A spreadsheet takes text that begins like a formula for one, also when it comes from a CSV (OWASP: CSV injection).

// Full-width signs count: some East Asian editions of Excel read them as their plain forms.
const formulaStart = /^[=+\-@\t\r\n\0＝＋－＠]/u;

/** The text with a leading apostrophe where a spreadsheet would compute it. Numbers go out as numbers, not through here. */
export const safeText = (value: string): string => (formulaStart.test(value) ? `'${value}` : value);
