import type { FilledSite } from './filled-site.js';
import { askOver } from './plans/ask-over.js';

/**
 * A moderator who takes the next case and gives it back, so many times: how long each answer with a case took, in ms.
 *
 * @throws Error when there is no case
 */
export async function claimCases(
  origin: string,
  { staffToken }: Pick<FilledSite, 'staffToken'>,
  times: number,
): Promise<number[]> {
  const ask = askOver(origin);
  const took: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const asked = performance.now();
    const { status, body } = await ask('POST', '/v1/cases/claim', staffToken, {});
    took.push(performance.now() - asked);
    const lease = body['lease'] as { token: string } | undefined;
    if (status !== 200 || lease === undefined) throw new Error(`No case was claimed: ${status}`);
    await ask('DELETE', `/v1/cases/${String(body['id'])}/lease?token=${lease.token}`, staffToken);
  }
  return took;
}
