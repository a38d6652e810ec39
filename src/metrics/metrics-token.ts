import { hash, timingSafeEqual } from 'node:crypto';

/** Whether an Authorization header brings this token. How long it takes says nothing of how much of it was right. */
export function bringsToken(header: string | undefined, token: string): boolean {
  const [, given] = /^Bearer +(\S+)$/i.exec(header ?? '') ?? [];
  return given !== undefined && timingSafeEqual(digest(given), digest(token));
}

const digest = (text: string): Buffer => hash('sha256', text, 'buffer');
