import { Injectable, Logger } from '@nestjs/common';
import type { StaffCaller } from '../access/caller.js';
import type { BulkDecision, BulkResult } from '../contract/decisions.js';
import { notFound, VigieError } from '../core/errors.js';
import { Database } from '../database/database.js';
import type { ReviewedCaseRow } from '../database/statements/cases/case-row.js';
import {
  type DecisionRow,
  type DecisionsOnCase,
  readDecisions,
  readDecisionsOnCases,
} from '../database/statements/cases/read-decisions.js';
import { isUnexpected, toProblem } from '../http/problems.js';
import type { DecideImage } from '../moderation/image-command.js';
import { Neck } from '../moderation/neck.js';
import { decisionCommand } from './decision-command.js';
import { FindCase } from './find-case.js';
import { type DecisionRefusal, firstOf, RefusedDecisions } from './refused-decision.js';
import { Views } from './views.js';

/** A decision on its way: refused at the door, sent through the neck, or refused there. */
interface Item {
  readonly request: BulkDecision;
  readonly command: DecideImage | null;
  readonly caseId: string | null;
  error: unknown;
  refusal: DecisionRefusal | null;
  decisionId: string | null;
}

interface Decisions {
  /** Those that were taken, by their ids. */
  readonly taken: ReadonlyMap<string, DecisionRow>;
  /** What was decided on the cases of refused ones. */
  readonly onCases: ReadonlyMap<Item, DecisionsOnCase>;
}

/** Many decisions at once, each with an outcome of its own: one that is refused changes nothing for the others. */
@Injectable()
export class TakeDecisions {
  private readonly logger = new Logger(TakeDecisions.name);

  constructor(
    private readonly database: Database,
    private readonly neck: Neck,
    private readonly cases: FindCase,
    private readonly refused: RefusedDecisions,
    private readonly views: Views,
  ) {}

  /** The outcomes in the order of the requests, as if each had been sent alone. */
  async take(
    caller: StaffCaller,
    requests: readonly BulkDecision[],
    requestId: string,
  ): Promise<BulkResult[]> {
    const items = await this.prepare(caller, requests);
    await this.throughNeck(items);
    const decisions = await this.decisionsOf(items);
    const rows = await this.cases.findAll(
      caller,
      items.map(({ request }) => request.case),
    );
    return items.map((item, index): BulkResult => {
      const { request } = item;
      const result = this.resultOf(caller, item, rows[index], decisions);
      if ('decision' in result) {
        return { case: request.case, status: result.status, decision: this.views.decision(result.decision) };
      }
      const problem = toProblem(result.error, requestId);
      if (isUnexpected(problem, result.error))
        this.logger.error(`a decision of request ${requestId} failed`, result.error);
      return { case: request.case, status: problem.status, problem };
    });
  }

  private async prepare(caller: StaffCaller, requests: readonly BulkDecision[]): Promise<Item[]> {
    const rows = await this.cases.findAll(
      caller,
      requests.map((request) => request.case),
    );
    return requests.map((request, index): Item => {
      const row = rows[index];
      const item = { request, error: null, refusal: null, decisionId: null };
      try {
        if (row === undefined) throw notFound('case');
        return { ...item, caseId: row.id, command: decisionCommand(caller, row, request, true) };
      } catch (error) {
        if (!(error instanceof VigieError)) throw error;
        return { ...item, caseId: null, command: null, error };
      }
    });
  }

  private async throughNeck(items: readonly Item[]): Promise<void> {
    const sent = items.filter((item): item is Item & { command: DecideImage } => item.command !== null);
    if (sent.length === 0) return;
    const outcomes = await this.neck.moderateEach(sent.map(({ command }) => command));
    sent.forEach((item, index) => {
      const outcome = outcomes[index];
      if (outcome === undefined) return;
      if (outcome.status === 'fulfilled') {
        if (outcome.value.ok) item.decisionId = outcome.value.decisionId;
        else item.refusal = outcome.value.refusal;
      } else item.error = outcome.reason;
    });
  }

  /** Reads the decisions that were taken, and of refused ones what was decided on their cases. */
  private async decisionsOf(items: readonly Item[]): Promise<Decisions> {
    const taken = items.flatMap(({ decisionId }) => decisionId ?? []);
    const refused = items.flatMap((item) =>
      item.refusal === null || item.caseId === null
        ? []
        : [{ item, caseId: item.caseId, version: item.request.version }],
    );
    const [decisions, onCases] = await Promise.all([
      taken.length > 0 ? readDecisions(this.database, taken) : [],
      readDecisionsOnCases(this.database, refused),
    ]);
    return {
      taken: new Map(decisions.map((decision) => [decision.id, decision])),
      onCases: new Map(
        refused.flatMap(({ item }, index) => {
          const decided = onCases[index];
          return decided === undefined ? [] : [[item, decided] as const];
        }),
      ),
    };
  }

  private resultOf(
    caller: StaffCaller,
    item: Item,
    row: ReviewedCaseRow | undefined,
    { taken, onCases }: Decisions,
  ): { status: 200 | 201; decision: DecisionRow } | { error: unknown } {
    const { request, command, refusal, decisionId } = item;
    const decision = taken.get(decisionId ?? '');
    if (decision !== undefined) return { status: 201, decision };
    const decided = onCases.get(item);
    if (refusal === null || command === null || row === undefined || decided === undefined)
      return { error: item.error };
    const first = firstOf(command, decided);
    if (first !== undefined) return { status: 200, decision: first };
    return { error: this.refused.errorOf(caller, { refusal, request, row, latest: decided.latest }) };
  }
}
