import type { Answer, Asked, DecisionAsked, Staff } from '../asked.js';
import { at } from '../differences.js';
import type { Step } from '../step.js';
import { caseById, caseViewOf, saidOfCase } from './cases.js';
import { change, strongest } from './images.js';
import { muteByRule } from './mute-by-rule.js';
import { asDefault, isRepeated, refusalOf } from './refusals.js';
import { surviving } from './reports.js';
import type { Block, Decision, Image, Model, ReviewCase } from './state.js';
import { type Reports, reportsByDefault, sayOfReports } from './verdicts.js';

/** Rule 10 on a case. */
export function decide(step: Step, staff: Staff, asked: DecisionAsked, answer: Answer): void {
  const made = decideOne(step, staff, asked, answer);
  if (made !== null) muteByRule(step, [made]);
}

/** Many, each as if it had been sent alone; mutes follow from all together. */
export function decideMany(
  step: Step,
  { staff, decisions }: Extract<Asked, { do: 'decide-many' }>,
  answer: Answer,
): void {
  step.same('status', answer.status, 200);
  const results = (answer.body['results'] ?? []) as { status: number; problem?: object }[];
  const made = decisions.map((decision, n) => {
    const { status = 0, problem, ...body } = results[n] ?? {};
    return decideOne(step, staff, decision, { status, body: { ...body, ...problem } }, true);
  });
  muteByRule(
    step,
    made.flatMap((one) => one ?? []),
  );
  step.reach('many decisions at once');
}

/** @returns null: it was refused, or repeated */
function decideOne(
  step: Step,
  staff: Staff,
  asked: DecisionAsked,
  answer: Answer,
  many = false,
): Decision | null {
  const { model } = step;
  const found = caseById(model, asked.caseId);
  if (found === undefined) {
    step.problem(answer, 404, 'not-found');
    return null;
  }
  const { image, found: one } = found;
  const request = JSON.stringify([staff, asDefault(asked)]);
  // Repeated, it is the first one, also where an appeal has opened its case again or a newer decision was made on it.
  const first = model.decisions.find(
    (made) => made.caseId === asked.caseId && !made.undone && isRepeated(made, staff, asked),
  );
  if (first !== undefined) {
    step.same('status', answer.status, 200);
    step.same('decision', at(answer.body, 'decision', 'id'), first.id);
    step.reach('decision repeated');
    return null;
  }
  const refusal = refusalOf(model, staff, one, asked, many);
  if (refusal !== null) {
    step.reach(`decision refused: ${refusal.why}`);
    step.problem(answer, refusal.status, refusal.status === 403 ? 'forbidden' : 'case-conflict');
    return null;
  }
  step.same('status', answer.status, 201);
  const id = String(at(answer.body, 'decision', 'id'));
  const statusBefore = one.status;
  if (asked.action === 'escalate') one.status = 'escalated';
  one.version += 1;
  one.lease = null;
  const decision = carryOut(
    step,
    image,
    { id, staff, action: asked.action, policy: asked.policy ?? null },
    one,
    { request, statusBefore, reports: asked.reports ?? reportsByDefault(asked.action) },
  );
  if (decision.action !== 'escalate') {
    one.status = 'closed';
    one.outcome = decision.action;
  }
  step.reach(`decided: ${asked.action}${statusBefore === 'escalated' ? ' by a lead' : ''}`);
  viewCaseAndImage(step, answer, image, one.id, many);
  return decision;
}

/** What a decision does to the image, whether there is a case or not; its row. */
export function carryOut(
  step: Step,
  image: Image,
  made: Pick<Decision, 'id' | 'staff' | 'action' | 'policy'>,
  one: ReviewCase | null,
  { reports, ...more }: Pick<Decision, 'request' | 'statusBefore'> & { reports: Reports },
): Decision {
  const { model } = step;
  const removed: Block[] = [];
  const lift = (sources: readonly string[]): void => {
    removed.push(...image.blocks.filter(({ source }) => sources.includes(source)));
    image.blocks = image.blocks.filter(({ source }) => !sources.includes(source));
  };
  const decision: Decision = {
    ...made,
    ...more,
    image: model.images.indexOf(image),
    caseId: one?.id ?? null,
    removed,
    keptHourBefore: image.keptHour,
    appealed: one?.appealed === true && made.action !== 'escalate',
    held: one?.held === true,
    versionAfter: one?.version ?? null,
    roundBefore: image.round,
    content: image.content,
    turn: model.turn,
    hour: model.hour,
    said: sayOfReports(step, image, { action: made.action, reports, from: one?.round ?? image.round }),
    undone: false,
  };
  if (decision.said !== null && decision.said.of.length > 0)
    step.reach(`reports called ${decision.said.valid ? 'right' : 'wrong'}`);
  const number = model.decisions.push(decision) - 1;
  if (one !== null) one.held = false;
  if (decision.held) step.reach('decided: a held case');
  // A person has looked again.
  if (one !== null && decision.appealed) {
    one.appealed = false;
    step.reach('appeal ended by a decision');
  }
  change(image, () => {
    if (made.action === 'block') {
      lift(['threshold', 'moderator']);
      image.blocks.push({
        source: 'moderator',
        reason: made.policy ?? 'other',
        decision: number,
        turn: model.turn,
        hour: model.hour,
      });
    } else if (made.action === 'keep') {
      if (strongest(image)?.source === 'publisher') step.reach("kept under the publisher's block");
      lift(
        model.wrong === 'keep-lifts-publisher'
          ? ['threshold', 'moderator', 'publisher']
          : ['threshold', 'moderator'],
      );
      image.round += 1;
      image.keptHour = model.hour;
    }
  });
  return decision;
}

function viewCaseAndImage(step: Step, answer: Answer, image: Image, caseId: string, bulk: boolean): void {
  if (bulk) return;
  const index = step.model.images.indexOf(image);
  step.view((now, differences) => {
    const one = caseById(now, caseId)?.found;
    differences.same('case in the answer', saidOfCase(answer.body, 'case'), one && caseViewOf(one));
    viewImage(now, differences, index, at(answer.body, 'image'));
  });
}

export function viewImage(now: Model, differences: Step['differences'], index: number, said: unknown): void {
  const shown = strongest(surviving(now, index));
  differences.same('image.blocked', at(said, 'blocked'), shown !== undefined);
  if (shown === undefined) return;
  differences.same('image.reason', at(said, 'reason'), shown.reason);
  differences.same('image.version', at(said, 'version'), surviving(now, index).version);
  differences.same('image.reviewed', at(said, 'reviewed'), shown.source !== 'threshold');
}
