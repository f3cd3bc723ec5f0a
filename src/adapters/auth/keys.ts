import { hkdfSync } from 'node:crypto';

/** What a key is for. Each has one of its own, so that what one of them opens, no other does. */
export type KeyLabel = 'totp' | 'decision-link' | 'audit-seal' | 'oidc-state';

/**
 * The key of one purpose, made from the one secret of the installation (HKDF-SHA256, RFC 5869).
 * @param secret SECRET_KEY of the configuration
 * @returns 32 bytes, always the same for the same secret and label
 */
export const deriveKey = (secret: string, label: KeyLabel): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', `dondoc ${label}`, 32));
