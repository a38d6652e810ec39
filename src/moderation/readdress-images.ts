import { Logger } from '@nestjs/common';
import type { AddressRules } from '../core/address-rules.js';
import { addressRulesTag } from '../database/address-rules-tag.js';
import type { Database } from '../database/database.js';
import {
  loadReaddressing,
  pageImageNames,
  type Readdressing,
  saveReaddressing,
} from '../database/statements/images/readdress-images.js';
import type { JobHandler, JobResult, JobRun } from '../jobs/job-handler.js';
import type { BlockIndex } from '../visibility/block-index.js';
import { missingAddresses, readdressImage } from './readdress-image.js';
import { READDRESS_IMAGES, type ReaddressJob } from './readdress.js';

/** Images that are read at once. How far it came is saved after each such chunk. */
const CHUNK = 500;
/** Milliseconds after which a run makes room for other jobs. */
const RUN = 20_000;
/**
 * Seconds after which new images are looked at once more: processes to which no notification came know the settings of
 * five seconds ago (access/key-directory.ts), and a batch that they began may take a while.
 */
const LOOK_AGAIN = 15;

/**
 * When a site's address rules have changed: goes through its images, oldest first, and gives each the addresses that the
 * rules make of its own. Whoever looks meanwhile finds an image under its old address as ever. Where it ends early it goes
 * on from the last chunk; what was done already is done to no effect.
 */
export class ReaddressImages implements JobHandler<ReaddressJob> {
  readonly kind = READDRESS_IMAGES;
  private readonly log = new Logger(ReaddressImages.name);

  constructor(
    private readonly database: Database,
    private readonly index: BlockIndex,
    private readonly times: { readonly run: number; readonly lookAgain: number } = {
      run: RUN,
      lookAgain: LOOK_AGAIN,
    },
  ) {}

  async run({ site, rules: tag }: ReaddressJob, { signal }: Pick<JobRun, 'signal'>): Promise<JobResult> {
    const found = await loadReaddressing(this.database, site);
    // Newer rules have a job of their own.
    if (found === undefined || addressRulesTag(found.rules) !== tag) return { done: true };
    const until = performance.now() + this.times.run;
    let progress = found.progress?.rules === tag ? found.progress : startOf(tag);
    for (let more = true; more;) {
      const next = await this.chunk(site, found.rules, progress);
      more = next.examined > progress.examined;
      progress = next;
      await this.database.inTransaction((tx) => saveReaddressing(tx, site, next));
      if (more && (signal.aborted || performance.now() >= until)) {
        return { inSeconds: 0, why: this.tell(site, progress, 'goes on') };
      }
    }
    if (progress.looked) {
      this.tell(site, progress, 'done');
      return { done: true };
    }
    const looked = { ...progress, looked: true };
    await this.database.inTransaction((tx) => saveReaddressing(tx, site, looked));
    const why = this.tell(site, progress, 'looks once more at images made meanwhile');
    return { inSeconds: this.times.lookAgain, why };
  }

  private async chunk(siteId: string, rules: AddressRules, progress: Readdressing): Promise<Readdressing> {
    let { after, examined, moved, joined } = progress;
    for (const names of await pageImageNames(this.database, siteId, after, CHUNK)) {
      if (!names.merged && missingAddresses(names, rules).length > 0) {
        const { outcome, changes } = await this.database.inIndexedTransaction((tx) =>
          readdressImage(tx, siteId, names, rules),
        );
        this.index.apply(changes);
        if (outcome === 'moved') moved += 1;
        if (outcome === 'joined') joined += 1;
      }
      after = names.id;
      examined += 1;
    }
    return { ...progress, after, examined, moved, joined };
  }

  /** Says how far it came, in the log and to whoever lists jobs. */
  private tell(siteId: string, { examined, moved, joined }: Readdressing, then: string): string {
    const text = `${examined} images looked at, ${moved} readdressed, ${joined} joined: ${then}`;
    this.log.log(`Address rules of site ${siteId}: ${text}`);
    return text;
  }
}

const startOf = (rules: string): Readdressing => ({
  rules,
  after: '0',
  examined: 0,
  moved: 0,
  joined: 0,
  looked: false,
});
