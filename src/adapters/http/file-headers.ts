// How a file that a stranger made leaves us: to be saved, never to be shown or run as part of our pages.

/**
 * @param name as kept, for people
 * @param content its length and SHA-256 in hexadecimal; absent: it is made while it is sent
 */
export const fileHeaders = (
  name: string,
  content?: { readonly bytes: number; readonly sha256: string },
): Readonly<Record<string, string>> => ({
  'Content-Disposition': `attachment; filename="${asciiName(name)}"; filename*=UTF-8''${encoded(name)}`,
  'Content-Security-Policy': "sandbox; default-src 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'private, no-store',
  'Accept-Ranges': 'none',
  ...(content ? { 'Content-Length': String(content.bytes), ETag: `"${content.sha256}"` } : {}),
});

/** For programs that do not know filename*: no diacritics, and nothing that could end the quotes or the header. */
const asciiName = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('đ', 'd')
    .replaceAll('Đ', 'D')
    .replace(/[^A-Za-z0-9._ ()-]/g, '_');

/** RFC 8187: percent-encoded UTF-8; encodeURIComponent leaves a few characters that are none of attr-char. */
const encoded = (name: string): string =>
  encodeURIComponent(name).replace(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
