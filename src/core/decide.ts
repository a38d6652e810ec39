import type { Actor, Command } from './command.js';
import type { Verdict } from './verdict.js';
import { absorb } from './commands/absorb.js';
import { appeal, withdrawAppeal } from './commands/appeal.js';
import { castVotes } from './commands/cast-votes.js';
import { decideCase } from './commands/decide-case.js';
import { lookAgain } from './commands/look-again.js';
import { matchBlock, matchRelease } from './commands/match.js';
import { newContent } from './commands/new-content.js';
import { overdue } from './commands/overdue.js';
import { protect, publisherBlock, publisherUnblock, unprotect } from './commands/publisher.js';
import { tellViews } from './commands/tell-views.js';
import { undoDecision } from './commands/undo-decision.js';
import { withdrawVote } from './commands/withdraw-vote.js';
import type { ImageState } from './image-state.js';
import type { VersionedRule } from './threshold-rule.js';

/**
 * The rules, in one pure function: what becomes of an image when a command meets it.
 *
 * @param actor who gave the command; what a rule does is the rule's own act
 * @param now the database's clock after the image was locked, in ms since 1970
 */
export function decide(
  state: ImageState,
  command: Command,
  actor: Actor,
  rule: VersionedRule,
  now: number,
): Verdict {
  switch (command.type) {
    case 'cast-votes':
      return castVotes(state, command, rule, now);
    case 'withdraw-vote':
      return withdrawVote(state, command, rule, now);
    case 'decide':
      return decideCase(state, command, now);
    case 'undo-decision':
      return undoDecision(state, command, rule, now);
    case 'publisher-block':
      return publisherBlock(state, command, actor, now);
    case 'publisher-unblock':
      return publisherUnblock(state, actor, now);
    case 'protect':
      return protect(state, actor, rule, now);
    case 'unprotect':
      return unprotect(state, actor, now);
    case 'appeal':
      return appeal(state, command, actor, rule, now);
    case 'withdraw-appeal':
      return withdrawAppeal(state, actor, rule, now);
    case 'tell-views':
      return tellViews(state, command, rule, now);
    case 'absorb':
      return absorb(state, command, actor, rule, now);
    case 'new-content':
      return newContent(state, command, actor, rule, now);
    case 'match-block':
      return matchBlock(state, command, rule, now);
    case 'match-release':
      return matchRelease(state, command, rule, now);
    case 'overdue':
      return overdue(state, command, rule, now);
    case 'look-again':
      return lookAgain(state, command, rule, now);
  }
}
