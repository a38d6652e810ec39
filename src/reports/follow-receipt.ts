import { Injectable } from '@nestjs/common';
import type { SiteCaller } from '../access/caller.js';
import { type ReceiptContent, Receipts } from '../access/readers/receipt.js';
import type { ReceiptAnswer } from '../contract/reports.js';
import { notFound, refused, VigieError } from '../core/errors.js';
import { Database } from '../database/database.js';
import { loadReceipt, type ReceiptRow } from '../database/statements/votes/load-receipt.js';
import { Neck } from '../moderation/neck.js';

/** With a receipt its reader sees what became of a report, or withdraws it. */
@Injectable()
export class FollowReceipt {
  constructor(
    private readonly receipts: Receipts,
    private readonly database: Database,
    private readonly neck: Neck,
  ) {}

  /** @throws VigieError NOT_FOUND for a receipt that is not ours, not this site's, or whose vote is gone */
  async outcome(caller: SiteCaller, receipt: string): Promise<ReceiptAnswer> {
    return answerFor((await this.open(caller, receipt)).row);
  }

  /**
   * Withdrawing twice is withdrawing once.
   * @throws VigieError NOT_FOUND as `outcome` does, CONFLICT where the reader was forgotten: their vote is somebody's now
   */
  async withdraw(caller: SiteCaller, receipt: string): Promise<void> {
    let { vote, row } = await this.open(caller, receipt);
    for (;;) {
      const { imageId, round, withdrawnAt } = row;
      if (withdrawnAt !== null) return;
      const target = { imageId };
      const { siteId, reporter } = vote;
      const outcome = await this.neck.moderateOne({ type: 'withdraw', siteId, target, round, reporter });
      if (outcome.ok) return;
      if (outcome.refusal === 'unknown-vote') throw forgotten();
      if (outcome.refusal !== 'merged') throw notFound('receipt');
      // Its image became another since we looked, and the vote lives on there.
      ({ vote, row } = await this.open(caller, receipt));
    }
  }

  private async open(
    caller: SiteCaller,
    receipt: string,
  ): Promise<{ vote: ReceiptContent; row: ReceiptRow }> {
    const vote = this.receipts.open(receipt, caller.site.id);
    const row = vote === null ? undefined : await loadReceipt(this.database, vote);
    if (vote === null || row === undefined) throw notFound('receipt');
    return { vote, row };
  }
}

/** `outcome` answers for whoever was forgotten, by what became of the image. */
const forgotten = (): VigieError =>
  refused(
    'CONFLICT',
    'forgotten',
    'Who reported was forgotten, so nobody knows which report this was: there is nothing left to withdraw.',
  );

/**
 * A reader learns of a person's decision, not of what moderators discuss; and of the rule's block, that it was one. Where a block went
 * with the bytes that a person had judged, what that person said of them stands.
 */
function answerFor(row: ReceiptRow): ReceiptAnswer {
  if (row.withdrawnAt !== null)
    return { outcome: 'withdrawn', automated: false, decidedAt: null, policy: null };
  if (row.blocked) {
    return {
      outcome: 'blocked',
      automated: !row.reviewed,
      decidedAt: (row.action === 'block' ? row.decidedAt : row.since)?.toISOString() ?? null,
      policy: row.shownReason,
    };
  }
  if (row.action === 'keep' || row.action === 'block') {
    return {
      outcome: row.action === 'keep' ? 'kept' : 'blocked',
      automated: false,
      decidedAt: row.decidedAt?.toISOString() ?? null,
      policy: row.policy,
    };
  }
  return { outcome: 'pending', automated: false, decidedAt: null, policy: null };
}
