// Signs a token by which Vigie knows who reports: a JWT (RFC 7519) with HS256. Node alone, no package.
//
//   VIGIE_SITE=revue VIGIE_SIGNING_SECRET=... node node.mjs user-42
import { createHmac } from 'node:crypto';
import { pathToFileURL } from 'node:url';

const base64url = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

/**
 * @param {string} site the site's slug
 * @param {string} secret its reader signing secret, as text
 * @param {{ id: string, since: Date, verified: boolean }} account of the reader who is signed in
 * @returns {string} good for five minutes; Vigie takes ten at most
 */
export function readerToken(site, secret, { id, since, verified }) {
  const now = Math.floor(Date.now() / 1000);
  const header = base64url({ alg: 'HS256', typ: 'JWT' });
  const claims = base64url({
    aud: site,
    sub: id,
    exp: now + 300,
    since: Math.floor(since.getTime() / 1000),
    verified,
  });
  const signature = createHmac('sha256', secret).update(`${header}.${claims}`).digest('base64url');
  return `${header}.${claims}.${signature}`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { VIGIE_SITE, VIGIE_SIGNING_SECRET } = process.env;
  const account = { id: process.argv[2], since: new Date('2026-01-15T09:30:00Z'), verified: true };
  console.log(readerToken(VIGIE_SITE, VIGIE_SIGNING_SECRET, account));
}
