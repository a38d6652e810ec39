import { KEEPERS, startContenders } from '../contenders.js';
import type { Bench, Line } from '../line.js';
import { grouped } from '../markdown.js';
import { measure } from '../measure.js';
import { LoadProcess } from '../processes.js';
import { COMPARISONS, ratiosOf, timesOf } from '../table.js';
import { settingsOf } from './settings.js';

/** Throughput of the hot doors on a new database, against servers that do less. */
export const requests: Line = {
  name: 'requests',
  about: 'state and intake, against bare routes and the plain way',
  async measure({ quick, server, say, subjects }: Bench) {
    const settings = settingsOf(quick);
    const contenders = await startContenders(server);
    const load = new LoadProcess();
    try {
      const { runs, acknowledged } = await measure(contenders, load, server, settings, say, subjects);
      const stored = await contenders.stored();
      for (const name of KEEPERS) {
        if (stored[name] === acknowledged[name]) continue;
        throw new Error(
          `${name}: ${acknowledged[name]} reports were acknowledged, and ${stored[name]} are stored.`,
        );
      }
      return {
        ratios: ratiosOf(
          runs,
          COMPARISONS.filter(({ subject, base }) => runs.has(subject) && runs.has(base)),
        ),
        times: timesOf(runs),
        notes: [
          `Ratios are medians of ${settings.rounds} rounds of ${settings.milliseconds / 1000} s, with ` +
            `${settings.connections} connections and one request under way on each. Afterwards the new database held ` +
            `${grouped(stored.vigie)} votes: one for every 201.`,
        ],
      };
    } finally {
      await load.stop();
      await contenders.stop();
    }
  },
};
