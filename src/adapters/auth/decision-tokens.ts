import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { LinkTokens } from '../../application/appraisals/decision-links.ts';

/** @param key of the purpose decision-link (keys.ts); with another one all links sent before are void */
export const decisionTokens = (key: Buffer): LinkTokens => {
  const sign = (text: string): string => createHmac('sha256', key).update(text).digest('base64url');
  const nonce = (linkId: string, version: number): string => sign(`form ${linkId} v${version}`);
  return {
    token: (linkId) => sign(`link ${linkId}`),
    hash: (token) => createHash('sha256').update(token).digest('base64url'),
    nonce,
    matches: (given, linkId, version) => {
      const [a, b] = [given, nonce(linkId, version)].map((text) => createHash('sha256').update(text).digest());
      return timingSafeEqual(a as Buffer, b as Buffer);
    },
  };
};
