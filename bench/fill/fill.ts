import { connected } from '../connected.js';
import { setIndexesAside } from './indexes.js';
import { MAKE_PICTURES, PICTURES_A_GROUP, REPORTS_A_GROUP } from './pictures.js';
import { OF_READERS, STATEMENTS } from './statements.js';

/** What was filled in. */
export interface Filling {
  /** Hundreds of pictures (pictures.ts). */
  readonly groups: number;
  readonly images: number;
  readonly reports: number;
  readonly openCases: number;
}

/** As many pictures in one statement: enough that its parts cost nothing, few enough that nothing spills for long. */
const GROUPS_A_PART = 250;

/**
 * Fills a new database, in which there is one site and one member of staff, with at least so many reports: with images,
 * votes, notes, cases, blocks, decisions, verdicts and the log that all fit each other, so that `reconcile` agrees. Every
 * constraint holds while rows go in; ten million take some minutes. Tables are vacuumed and analyzed at the end, as
 * autovacuum would have done by then.
 */
export async function fill(url: string, reports: number): Promise<Filling> {
  const groups = Math.ceil(reports / REPORTS_A_GROUP);
  const images = groups * PICTURES_A_GROUP;
  // Each reports some five times.
  const readers = 2_001 + Math.floor(reports / 5);
  return connected(url, async (client) => {
    await client.query(
      `set synchronous_commit = off; set maintenance_work_mem = '256MB'; set work_mem = '64MB'`,
    );
    const putBack = await setIndexesAside(client);
    await fillPictures(url, groups, readers);
    for (const statement of OF_READERS) await client.query(statement, [readers]);
    for (const table of ['image', 'moderation_case', 'decision']) {
      await client.query(`select setval(pg_get_serial_sequence('${table}', 'id'), max(id)) from ${table}`);
    }
    await putBack();
    // What was logged has been made into messages long since: there was no endpoint that wanted any.
    await client.query('update webhook_cursor set seq = (select max(seq) from event)');
    await client.query('vacuum (analyze)');
    await client.query('checkpoint');
    return {
      groups,
      images,
      reports: groups * REPORTS_A_GROUP,
      openCases: groups * (PICTURES_A_GROUP - 9),
    };
  });
}

/** Over two connections: where there are two cores, both have work. */
async function fillPictures(url: string, groups: number, readers: number): Promise<void> {
  let next = 0;
  const fillParts = (): Promise<void> =>
    connected(url, async (client) => {
      await client.query('set synchronous_commit = off');
      for (let group = next; group < groups; group = next) {
        next += GROUPS_A_PART;
        const last = Math.min(groups, group + GROUPS_A_PART) * PICTURES_A_GROUP;
        const values = [group * PICTURES_A_GROUP + 1, last, groups * PICTURES_A_GROUP, readers];
        // All of one moment: times are counted from it.
        await client.query('begin');
        await client.query(MAKE_PICTURES, values);
        await client.query('analyze picture');
        for (const statement of STATEMENTS) await client.query(statement);
        await client.query('commit');
      }
    });
  await Promise.all([fillParts(), fillParts()]);
}
