import { Inject, Injectable } from '@nestjs/common';
import type { NewKey } from '../access/keys/api-keys.js';
import type { SiteSettings } from '../access/caller.js';
import { KeyDirectory } from '../access/keys/key-directory.js';
import { VigieError } from '../core/errors.js';
import { Database } from '../database/database.js';
import { ApiKey } from '../database/entities/api-key.entity.js';
import { Site } from '../database/entities/site.entity.js';
import type { ManagedTx } from '../database/tx.js';
import { changeThresholdRule } from '../sites/change-threshold-rule.js';
import { createKey } from '../sites/create-key.js';
import { lockSite } from '../sites/lock-site.js';
import { readThresholdRule } from '../sites/read-threshold-rule.js';
import type { ShownRule } from '../web/demo/shown-rule.js';
import { DEMONSTRATION_RULE } from './demonstration-rule.js';
import { DEMONSTRATION_KEY } from './demonstration-key.js';

/** Why pages can not show the widget: there is no such site, its key was revoked, it has two others already. */
export type Missing = 'no-site' | 'revoked' | 'no-room';

/** The demonstration site, under the key that its pages show. */
export type FoundSite = { readonly site: SiteSettings; readonly key: string } | { readonly missing: Missing };

/** Finds the demonstration site by the key that follows from the secret, and gives that key to a site that lacks it. */
@Injectable()
export class DemonstrationSite {
  constructor(
    private readonly database: Database,
    private readonly keys: KeyDirectory,
    @Inject(DEMONSTRATION_KEY) private readonly key: NewKey,
  ) {}

  /** Costs no query when somebody asked in the last seconds. */
  async find(): Promise<FoundSite> {
    const known = await this.byKey();
    if (known !== null) return known;
    const missing = await this.database.inTransaction((tx) => this.giveKey(tx));
    if (missing !== null) return { missing };
    this.keys.forget();
    return (await this.byKey()) ?? { missing: 'revoked' };
  }

  /** @throws VigieError CONFLICT where the demonstration can not be used */
  async need(): Promise<SiteSettings> {
    const found = await this.find();
    if ('site' in found) return found.site;
    throw new VigieError('CONFLICT', 'The demonstration can not be used here: GET /demo says why.');
  }

  /** The rule in force, as the panel tells of it. Two queries. */
  async shownRule({ id }: Pick<SiteSettings, 'id'>): Promise<ShownRule> {
    const { rule } = await this.database.inTransaction((tx) => readThresholdRule(tx, id));
    const { autoBlock, reporters, afterKeep } = rule;
    return {
      automatic: autoBlock,
      enough: reporters,
      enoughAfterKeep: reporters * (afterKeep.cooldownHours > 0 ? afterKeep.factor : 1),
      keepHours: afterKeep.cooldownHours,
    };
  }

  private async byKey(): Promise<FoundSite | null> {
    const verdict = await this.keys.lookUp(`Bearer ${this.key.key}`);
    if ('refused' in verdict || verdict.caller.kind !== 'publishable') return null;
    return { site: verdict.caller.site, key: this.key.key };
  }

  /**
   * For a site that was made when its key was a random one, and its rule had caps, under which the readers of one visitor
   * block nothing. Null: it has the key now.
   */
  private async giveKey(tx: ManagedTx): Promise<Missing | null> {
    const site = await tx.manager.findOneBy(Site, { demo: true });
    if (site === null) return 'no-site';
    // Of two first visits at once, the second finds the key of the first.
    await lockSite(tx, site.id);
    const row = await tx.manager.findOneBy(ApiKey, { hash: this.key.hash });
    if (row !== null) return row.revokedAt === null ? null : 'revoked';
    try {
      await createKey(tx, site.id, 'publishable', 'demonstration page', null, this.key);
      await changeThresholdRule(tx, site.id, DEMONSTRATION_RULE, undefined, null);
      return null;
    } catch (error) {
      if (error instanceof VigieError && error.code === 'CONFLICT') return 'no-room';
      throw error;
    }
  }
}
