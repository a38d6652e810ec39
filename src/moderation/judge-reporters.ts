import { RULE } from '../core/commands/apply-rule.js';
import {
  type DismissingDecision,
  liftMutesOfDecision,
  lockVerdicts,
  muteByRule,
} from '../database/statements/readers/mute-by-rule.js';
import {
  forgetVerdicts,
  type JudgedReports,
  judgeReporters,
} from '../database/statements/readers/reporter-verdicts.js';
import type { Tx } from '../database/tx.js';
import type { TakenDecision, WorkingImage } from './working-image.js';

/**
 * Lets decisions about these images, and undos, see each other's verdicts where the rule mutes for them: otherwise an undo could
 * leave a mute behind that a decision of the same moment makes of what is undone. Before decisions get their numbers, so that these
 * are in the order in which they were seen.
 */
export async function seeVerdicts(tx: Tx, images: readonly WorkingImage[]): Promise<void> {
  const muting = images.filter(({ loaded }) => loaded.rule.rule.muteAfter !== null);
  if (muting.length > 0) await lockVerdicts(tx, [...new Set(muting.map(({ loaded }) => loaded.row.siteId))]);
}

/**
 * Notes what decisions say of those whose votes were counted (docs/rules.md, rules 2 and 8), and mutes whom that makes a run
 * of dismissals where the site's rule says so. The last to happen to images before they are logged: their decisions have
 * numbers, and cases too.
 *
 * @param at null: now
 */
export async function saveVerdicts(tx: Tx, images: readonly WorkingImage[], at: Date | null): Promise<void> {
  const taken = images.flatMap((image) => image.decisions.map((decision) => ({ image, decision })));
  const judging = taken.filter(({ decision: { command } }) => saysSomething(command));
  if (judging.length === 0) return;
  judgeReporters(
    tx,
    judging.map(({ image, decision }) => judged(image, decision)),
    at,
  );
  const dismissing = judging.flatMap(({ image, decision }) => dismissingOf(image, decision));
  if (dismissing.length === 0) return;
  const byDecision = new Map(judging.map(({ image, decision }) => [decision.decisionId, image]));
  for (const { decisionId, until } of await muteByRule(tx, dismissing, at)) {
    byDecision.get(decisionId)?.events.push({
      type: 'reporter.muted',
      actor: RULE,
      ruleVersion: byDecision.get(decisionId)?.loaded.rule.version ?? null,
      data: { by: 'rule', until: until.toISOString() },
      visibility: null,
      decisionId,
    });
  }
}

/** Takes back what a decision, which is undone, said of reporters; and lifts the mutes that would not be without it. */
export async function takeBackVerdicts(tx: Tx, image: WorkingImage, decisionId: string): Promise<void> {
  const { row, rule } = image.loaded;
  const dismissed = await forgetVerdicts(tx, decisionId);
  const needed = rule.rule.muteAfter?.dismissed ?? null;
  const lifted = await liftMutesOfDecision(tx, row.siteId, decisionId, dismissed, needed);
  for (let n = 0; n < lifted; n += 1) {
    image.events.push({
      type: 'reporter.unmuted',
      actor: RULE,
      ruleVersion: rule.version,
      data: { by: 'rule' },
      visibility: null,
      decisionId,
    });
  }
}

const saysSomething = ({ action, reports }: TakenDecision['command']): boolean =>
  action !== 'escalate' && reports !== 'ignore';

function judged({ loaded }: WorkingImage, decision: TakenDecision): JudgedReports {
  const { command, decisionId, firstRound, round } = decision;
  return {
    siteId: loaded.row.siteId,
    decisionId,
    imageId: loaded.row.id,
    firstRound,
    lastRound: round,
    valid: command.reports === 'valid',
  };
}

function dismissingOf({ loaded }: WorkingImage, decision: TakenDecision): readonly DismissingDecision[] {
  const { muteAfter } = loaded.rule.rule;
  const { command, decisionId, caseId } = decision;
  if (muteAfter === null || command.reports !== 'invalid') return [];
  const { dismissed, forDays: days } = muteAfter;
  return [{ siteId: loaded.row.siteId, decisionId, caseId, dismissed, days }];
}
