import { Injectable } from '@nestjs/common';
import { ChangeSettings } from '../access/sites/change-settings.js';
import { Sealed } from '../access/sealing/sealed.js';
import type { ApplyResult } from '../contract/replay.js';
import { VigieError } from '../core/errors.js';
import type { RuleChange, VersionedRule } from '../core/threshold-rule.js';
import { Database } from '../database/database.js';
import { readApplied } from '../database/statements/replay/read-applied.js';
import { Neck } from '../moderation/neck.js';
import { applyChange } from '../sites/apply-change.js';

/** Images that one transaction locks. */
const AT_ONCE = 50;

/** A candidate that is to be put in force. */
export interface AskedApply {
  readonly siteId: string;
  readonly change: RuleChange;
  /** The version for which it was tried. */
  readonly ifVersion: number;
  /** Public ids of open images that the rule is to look at now. */
  readonly images: readonly string[];
  /** Null: the operator. */
  readonly staffId: string | null;
}

/** Puts a rule in force and, where somebody asks for it, lets it look at open images at once. Asked again it says the same. */
@Injectable()
export class ApplyRule {
  constructor(
    private readonly database: Database,
    private readonly settings: ChangeSettings,
    private readonly neck: Neck,
    private readonly sealed: Sealed,
  ) {}

  /** @throws VigieError INVALID for what is no id of an image; CONFLICT when another version is in force */
  async apply({ siteId, change, ifVersion, images, staffId }: AskedApply): Promise<{
    readonly rule: VersionedRule;
    readonly results: readonly ApplyResult[];
  }> {
    const imageIds = this.idsOf(images);
    const rule = await this.settings.run((tx) => applyChange(tx, siteId, change, ifVersion, staffId));
    const outcomes = await this.look(siteId, [...new Set(imageIds)], rule.version);
    const results = images.map((image, index): ApplyResult => ({
      image,
      outcome: outcomes.get(imageIds[index] ?? '') ?? 'unchanged',
    }));
    return { rule, results };
  }

  private idsOf(images: readonly string[]): string[] {
    const ids = images.map((image) => this.sealed.databaseId('img', image));
    const wrong = ids.flatMap((id, index) =>
      id === null ? { pointer: `/block/${index}`, detail: 'Must be the id of an image ("img_...").' } : [],
    );
    if (wrong.length > 0) throw new VigieError('INVALID', 'These are no images.', wrong);
    return ids.flatMap((id) => id ?? []);
  }

  private async look(
    siteId: string,
    imageIds: readonly string[],
    ruleVersion: number,
  ): Promise<ReadonlyMap<string, ApplyResult['outcome']>> {
    for (let from = 0; from < imageIds.length; from += AT_ONCE) {
      await this.neck.moderate(
        imageIds
          .slice(from, from + AT_ONCE)
          .map((imageId) => ({ type: 'look-again', siteId, target: { imageId }, ruleVersion }) as const),
      );
    }
    const rows = imageIds.length === 0 ? [] : await readApplied(this.database, siteId, imageIds, ruleVersion);
    return new Map(
      rows.map(({ imageId, blocked, held }) => [imageId, blocked ? 'blocked' : held ? 'held' : 'unchanged']),
    );
  }
}
