import { Injectable } from '@nestjs/common';
import { roleOn, type StaffCaller } from '../access/caller.js';
import { Sealed } from '../access/sealing/sealed.js';
import type { DecisionAnswer } from '../contract/decisions.js';
import { notFound, refused, VigieError, type Why } from '../core/errors.js';
import { Database } from '../database/database.js';
import { readCases } from '../database/statements/cases/read-cases.js';
import {
  type DecisionRow,
  readDecisions,
  readStandingDecision,
} from '../database/statements/cases/read-decisions.js';
import { readImage } from '../database/statements/images/read-image.js';
import type { Outcome } from '../moderation/image-command.js';
import { Neck } from '../moderation/neck.js';
import { isLead } from './find-case.js';
import type { DecisionRefusal } from './refused-decision.js';
import { Views } from './views.js';

/** Takes a decision back: one's own, or as a lead anybody's. */
@Injectable()
export class UndoDecision {
  constructor(
    private readonly database: Database,
    private readonly neck: Neck,
    private readonly sealed: Sealed,
    private readonly views: Views,
  ) {}

  /**
   * @returns whether it was undone now (else it was before), and what that led to
   * @throws VigieError NOT_FOUND; FORBIDDEN; CASE_CONFLICT when something newer stands on the image
   */
  async undo(caller: StaffCaller, id: string): Promise<{ undone: boolean; answer: DecisionAnswer }> {
    const decision = await this.find(caller, id);
    const lead = isLead(caller, decision.siteId);
    if (decision.staffId !== caller.staffId && !lead) throw notYours();
    if (decision.undoneAt !== null) return { undone: false, answer: await this.answerOf(caller, decision) };
    const outcome = await this.throughNeck(decision, caller, lead);
    if (!outcome.ok) throw await this.errorOf(caller, outcome.refusal, decision);
    // The same undo, sent at the same moment, may have been first.
    return { undone: outcome.recorded, answer: await this.answerOf(caller, await this.find(caller, id)) };
  }

  private async find(caller: StaffCaller, id: string): Promise<DecisionRow> {
    const databaseId = this.sealed.databaseId('dec', id);
    const [decision] = databaseId === null ? [] : await readDecisions(this.database, [databaseId]);
    if (decision === undefined || roleOn(caller, decision.siteId) === null) throw notFound('decision');
    return decision;
  }

  private throughNeck(
    { siteId, imageId, id }: DecisionRow,
    { staffId }: StaffCaller,
    lead: boolean,
  ): Promise<Outcome> {
    return this.neck.moderateOne({
      type: 'undo',
      siteId,
      target: { imageId },
      decisionId: id,
      staffId,
      lead,
    });
  }

  private async errorOf(
    caller: StaffCaller,
    refusal: DecisionRefusal,
    decision: DecisionRow,
  ): Promise<VigieError> {
    if (refusal === 'needs-lead') return notYours();
    if (refusal === 'unknown-decision' || refusal === 'unknown-image') return notFound('decision');
    const { case: moderationCase, image } = await this.answerOf(caller, decision);
    const standing = await readStandingDecision(this.database, decision);
    const now = { case: moderationCase, image, ...this.views.decided(standing) };
    return isSaid(refusal)
      ? refused('CASE_CONFLICT', refusal, SENTENCES[refusal], now)
      : new VigieError('CASE_CONFLICT', OTHERWISE, [], now);
  }

  /** Case and image are of one moment: where there is a case, they come with it. */
  private async answerOf(caller: StaffCaller, decision: DecisionRow): Promise<DecisionAnswer> {
    const [row] = decision.caseId === null ? [] : await readCases(this.database, [decision.caseId]);
    const image = row?.image ?? (await readImage(this.database, [decision.siteId], decision.imageId));
    if (image === undefined) throw new Error('the image of a decision is gone');
    return {
      decision: this.views.decision(decision),
      case: row === undefined ? null : this.views.case(row, caller),
      image: this.views.image(image, caller),
    };
  }
}

const OTHERWISE = 'The image has changed since. Look at it as it is now.';
const SENTENCES = {
  'not-latest': 'Something else was decided on this image since. Undo that first, or decide anew.',
  'newer-case':
    'Readers reported this image again since, and a newer case awaits a decision. Decide that one.',
  'newer-content': 'The image shows other bytes since. Look at it as it is now, and decide anew.',
  merged: 'The image became part of another one since. Decide there.',
} satisfies Partial<Record<DecisionRefusal & Why, string>>;

const isSaid = (refusal: DecisionRefusal): refusal is keyof typeof SENTENCES => refusal in SENTENCES;

const notYours = (): VigieError =>
  refused('FORBIDDEN', 'not-yours', "You can undo your own decisions; others' only as a lead of the site.");
