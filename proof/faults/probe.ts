import { setTimeout as pause } from 'node:timers/promises';
import type { Asker } from './asker.js';
import { type Acknowledged, RAW_ACCOUNT } from './record.js';
import type { Site } from './sites.js';

/** A new try each so many ms, however long those before take. */
const EVERY = 50;
/** Milliseconds after which nobody waits any more. */
const GIVEN_UP = 90_000;

/** Finds out when the service takes reports again. */
export class Probe {
  constructor(
    private readonly asker: Asker,
    private readonly site: Site,
    private readonly known: Acknowledged,
  ) {}

  /** Resolves when a process of the API has taken a report that was sent after this was asked; false: it never does. */
  async takesReports(process: number): Promise<boolean> {
    const url = `${this.site.images}/probe.jpg`;
    const account = `${RAW_ACCOUNT}-probe`;
    this.known.asks(this.site, url, account);
    const body = { image: { url }, reason: 'other', reporter: { account } };
    const question = { method: 'POST', address: '/v1/reports', key: this.site.secretKey, body } as const;
    let taken = false;
    const end = Date.now() + GIVEN_UP;
    const tries = new Set<Promise<void>>();
    while (!taken && Date.now() < end) {
      const one = this.asker.ask(process, this.site, question).then((answer) => {
        tries.delete(one);
        taken ||= answer.kind === 'answer' && answer.status < 300;
      });
      tries.add(one);
      await Promise.race([one, pause(EVERY)]);
      if (!taken) await pause(EVERY / 5);
    }
    return taken;
  }
}
