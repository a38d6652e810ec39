import { claimCases } from '../claim-cases.js';
import type { Bench, Line } from '../line.js';
import { grouped, median, percentile } from '../markdown.js';
import { ServerProcess } from '../processes.js';
import { sizesOf } from './settings.js';

/** Claims in a round on each of both queues; every second round begins with the other one. */
const FULL = { rounds: 5, claims: 400 };
const QUICK = { rounds: 2, claims: 100 };

/** How long a moderator waits for the next case, out of a long queue and out of a short one. */
export const claim: Line = {
  name: 'claim',
  about: 'claim the next case of a million open ones, against a thousand',
  async measure({ quick, filled, say }: Bench) {
    const { rounds, claims } = quick ? QUICK : FULL;
    const sizes = sizesOf(quick);
    const sites = [await filled(sizes.at(0) ?? 0), await filled(sizes.at(-1) ?? 0)] as const;
    const running: ServerProcess[] = [];
    try {
      for (const { env } of sites) {
        running.push(await ServerProcess.start('../service/main.js', { ...env, ROLE: 'api' }));
      }
      const [short, long] = running.map(({ origin }, n) => ({ origin, site: sites[n] ?? sites[0] }));
      if (short === undefined || long === undefined) throw new Error('Two were started.');
      const times = { short: [] as number[][], long: [] as number[][] };
      // The first round warms both up, and is not counted.
      for (let round = 0; round <= rounds; round += 1) {
        const both = [
          [short, times.short],
          [long, times.long],
        ] as const;
        for (const [{ origin, site }, into] of round % 2 > 0 ? both : both.toReversed()) {
          const took = await claimCases(origin, site, claims);
          if (round > 0) into.push(took);
        }
        say(`claims: round ${round} of ${rounds}`);
      }
      const of = (rounds: readonly number[][], share: number): number =>
        median(rounds.map((took) => percentile(took, share)));
      const ratio = median(
        times.long.map((took, n) => percentile(took, 0.99) / percentile(times.short[n] ?? [], 0.99)),
      );
      const said = (rounds: readonly number[][]): string =>
        `p50 ${of(rounds, 0.5).toFixed(1)} ms, p99 ${of(rounds, 0.99).toFixed(1)} ms`;
      const [few, many] = sites.map(({ filling }) => grouped(filling.openCases));
      return {
        facts: [
          [
            `claim the next case, ${many} open, against ${few} open`,
            `p99 **${ratio.toFixed(2)}** times: ${said(times.long)}, against ${said(times.short)}`,
            'p99 1.5 times',
          ],
        ],
      };
    } finally {
      for (const process of running) await process.stop();
    }
  },
};
