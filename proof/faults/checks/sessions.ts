import { createHash } from 'node:crypto';
import { verifyPassword } from '../../../src/access/staff/passwords.js';
import { inParallel } from '../../../test/processes/load.js';
import type { Check } from './check.js';

/** I1: who was told that they are signed in, or out, or that they have another password, is and has. */
export const sessionsAreThere: Check = {
  name: 'I1: acknowledged sign-ins, sign-outs and passwords are in the tables',
  async find({ client, known }) {
    const { rows: sessions } = await client.query<{ hash: string; email: string; over: boolean }>(
      `select encode(s.hash, 'hex') as hash, staff.email,
              s.ended_at is not null or s.expires_at < clock_timestamp() as over
       from session s join staff on staff.id = s.staff_id`,
    );
    const byHash = new Map(sessions.map((row) => [row.hash, row]));
    const found: string[] = [];
    for (const [cookie, { email, state }] of known.sessions) {
      const hash = createHash('sha256')
        .update(cookie.slice(cookie.indexOf('=') + 1))
        .digest('hex');
      // Whose cookie was replaced by another has none of this hash.
      const { email: owner = email, over: isOver = true } = byHash.get(hash) ?? {};
      if (owner !== email) found.push(`I1: session ${hash} of ${email} is ${owner}'s`);
      if (state !== 'unknown' && isOver !== (state === 'ended'))
        found.push(
          `I1: session ${hash} of ${email} ${isOver ? 'is over' : 'stands'}, and should be ${state}`,
        );
    }
    const { rows: accounts } = await client.query<{ email: string; hash: string }>(
      'select email, password_hash as hash from staff where email = any ($1)',
      [[...known.passwords.keys()]],
    );
    for (const { email, hash } of accounts) {
      const isTheirs = await verifyPassword(hash, known.passwords.get(email) ?? '');
      if (!isTheirs) found.push(`I1: the password of ${email} is not the one that was acknowledged last`);
    }
    return found;
  },
};

/** I1: whoever has a cookie is let in, or not, by each process. */
export const sessionsOpen: Check = {
  name: 'I1: every session that was not ended opens, and no other does, at each process',
  async find({ known, asker }) {
    const found: string[] = [];
    await inParallel([...known.sessions], async ([cookie, { site, email, csrfToken, state }]) => {
      if (state === 'unknown') return;
      for (const process of [0, 1]) {
        const session = { cookie, csrfToken };
        const answer = await asker.ask(process, site, { method: 'GET', address: '/v1/session', session });
        const status = answer.kind === 'answer' ? answer.status : null;
        if (status !== (state === 'open' ? 200 : 401))
          found.push(`I1: a session of ${email} should be ${state}, and api-${process + 1} says ${status}`);
      }
    });
    return found;
  },
};
