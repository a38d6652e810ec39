import { Injectable } from '@nestjs/common';
import type { StaffCaller } from '../access/caller.js';
import type { DecisionAnswer, DecisionRequest } from '../contract/decisions.js';
import { Database } from '../database/database.js';
import type { DecisionRow } from '../database/statements/cases/read-decisions.js';
import { readDecisions, readDecisionsOnCases } from '../database/statements/cases/read-decisions.js';
import type { DecideImage } from '../moderation/image-command.js';
import { Neck } from '../moderation/neck.js';
import { decisionCommand } from './decision-command.js';
import { FindCase } from './find-case.js';
import { type DecisionRefusal, firstOf, type RefusedDecision, RefusedDecisions } from './refused-decision.js';
import { Views } from './views.js';

/** One decision on one case. */
@Injectable()
export class TakeDecision {
  constructor(
    private readonly database: Database,
    private readonly neck: Neck,
    private readonly cases: FindCase,
    private readonly refused: RefusedDecisions,
    private readonly views: Views,
  ) {}

  /**
   * @returns whether it was taken now (else it is the first one of a repeated request), and what it led to
   * @throws VigieError NOT_FOUND, INVALID; FORBIDDEN for an escalated case; CASE_CONFLICT when somebody was faster
   */
  async take(
    caller: StaffCaller,
    id: string,
    request: DecisionRequest,
  ): Promise<{ taken: boolean; answer: DecisionAnswer }> {
    const command = decisionCommand(caller, await this.cases.find(caller, id), request, false);
    const result = await this.throughNeck(command);
    // Read after the decision, so that a refused one is shown what is there now.
    const row = await this.cases.find(caller, id);
    const decision =
      'decisionId' in result
        ? (await readDecisions(this.database, [result.decisionId]))[0]
        : await this.repeated(caller, command, { ...result, request, row });
    if (decision === undefined) throw new Error('a decision that was just taken is gone');
    return {
      taken: 'decisionId' in result,
      answer: {
        decision: this.views.decision(decision),
        case: this.views.case(row, caller),
        image: this.views.image(row.image, caller),
      },
    };
  }

  private async throughNeck(
    command: DecideImage,
  ): Promise<{ decisionId: string } | { refusal: DecisionRefusal }> {
    const outcome = await this.neck.moderateOne(command);
    if (!outcome.ok) return { refusal: outcome.refusal };
    if (outcome.decisionId === null) throw new Error('a decision on a case got no number');
    return { decisionId: outcome.decisionId };
  }

  private async repeated(
    caller: StaffCaller,
    command: DecideImage,
    refused: Omit<RefusedDecision, 'latest'>,
  ): Promise<DecisionRow> {
    const version = refused.request.version;
    const [decided] = await readDecisionsOnCases(this.database, [{ caseId: refused.row.id, version }]);
    const first = decided && firstOf(command, decided);
    if (first !== undefined) return first;
    throw this.refused.errorOf(caller, { ...refused, latest: decided?.latest });
  }
}
