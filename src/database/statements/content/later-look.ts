import type { Tx } from '../../tx.js';

const statement = {
  name: 'has-later-look',
  // By job_waiting. What is under way, as the job that asks, does not wait.
  text: `
    select exists (
      select from job j
      where j.kind = $1 and j.lane = $2 and j.run_at > clock_timestamp()
        and j.outcome is null and j.relayed_until is null and j.locked_until is null
        and j.payload @> $3::jsonb) as found`,
};

/** Is a job of this kind and lane yet to come whose payload has these parts? */
export async function hasLaterLook(
  tx: Tx,
  kind: string,
  lane: string,
  parts: Readonly<Record<string, unknown>>,
): Promise<boolean> {
  const [row] = await tx.query<{ found: boolean }>(statement, [kind, lane, JSON.stringify(parts)]);
  return row?.found === true;
}
