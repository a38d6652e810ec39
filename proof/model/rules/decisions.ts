import type { Answer, Asked, DecisionAsked, Staff } from '../asked.js';
import { at } from '../differences.js';
import { Step } from '../step.js';
import { caseById, caseViewOf, decisionsOn, saidOfCase } from './cases.js';
import { dueAnew, lookAtRule } from './look-at-rule.js';
import { leaseHolds } from './leases.js';
import { surviving } from './reports.js';
import { blockBy, change, imageAt, openCase, strongest } from './images.js';
import type { Block, Decision, Image, Model, ReviewCase } from './state.js';
import { standing } from './threshold.js';
import { type Reports, reportsByDefault, sayOfReports } from './verdicts.js';

/** Rule 10 on a case. */
export function decide(step: Step, staff: Staff, asked: DecisionAsked, answer: Answer, bulk = false): void {
  const { model } = step;
  const found = caseById(model, asked.caseId);
  if (found === undefined) return step.problem(answer, 404, 'not-found');
  const { image, found: one } = found;
  const request = JSON.stringify([staff, asDefault(asked)]);
  const latest = model.decisions.filter(({ caseId }) => caseId === asked.caseId).at(-1);
  // Repeated, it is the first one, also where an appeal has opened its case again.
  const first =
    latest !== undefined && !latest.undone && isRepeated(latest, staff, asked) ? latest : undefined;
  if (first !== undefined) {
    step.same('status', answer.status, 200);
    step.same('decision', at(answer.body, 'decision', 'id'), first.id);
    return step.reach('decision repeated');
  }
  const refusal = refusalOf(model, staff, one, asked, bulk);
  if (refusal !== null) {
    step.reach(`decision refused: ${refusal.why}`);
    step.problem(answer, refusal.status, refusal.status === 403 ? 'forbidden' : 'case-conflict');
    return;
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
  viewCaseAndImage(step, answer, image, one.id, bulk);
}

/** The same request by the same person, with the lease's token of the first time or without. */
function isRepeated({ request }: Decision, staff: Staff, asked: DecisionAsked): boolean {
  if (request === '') return false;
  const [by, { leaseToken, ...made }] = JSON.parse(request) as [Staff, DecisionAsked];
  const { leaseToken: named, ...again } = asDefault(asked);
  return (
    by === staff &&
    JSON.stringify(made) === JSON.stringify(again) &&
    (named === undefined || named === leaseToken)
  );
}

/** What is left out says the same as what it stands for. */
const asDefault = ({
  caseId,
  action,
  policy,
  reports,
  version,
  leaseToken,
}: DecisionAsked): DecisionAsked => ({
  caseId,
  action,
  ...(policy === undefined ? {} : { policy }),
  version,
  ...(leaseToken === undefined ? {} : { leaseToken }),
  reports: reports ?? reportsByDefault(action),
});

function refusalOf(
  model: Model,
  staff: Staff,
  one: ReviewCase,
  asked: DecisionAsked,
  bulk: boolean,
): { status: number; why: string } | null {
  if (one.status === 'closed') return { status: 409, why: 'closed' };
  if (one.version !== asked.version) return { status: 409, why: 'stale version' };
  if (one.status === 'escalated' && staff !== 'lead') return { status: 403, why: 'escalated' };
  if (one.status === 'escalated' && asked.action === 'escalate')
    return { status: 409, why: 'escalated twice' };
  const { lease } = one;
  const holds = leaseHolds(model, one);
  if (
    asked.leaseToken !== undefined &&
    (lease === null || lease.token !== asked.leaseToken || lease.staff !== staff)
  )
    return { status: 409, why: "not one's lease" };
  if (holds && lease !== null && lease.staff !== staff) return { status: 409, why: "another's lease" };
  if (bulk && one.severe) return { status: 409, why: 'severe in bulk' };
  return null;
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

/** Rule 15. */
export function undo(
  step: Step,
  { staff, decision: id }: Extract<Asked, { do: 'undo' }>,
  answer: Answer,
): void {
  const { model } = step;
  const decision = model.decisions.find((made) => made.id === id);
  if (decision === undefined) return step.problem(answer, 404, 'not-found');
  const image = imageAt(model, decision.image);
  if (decision.staff !== staff && staff !== 'lead') {
    step.reach('undo refused: of another');
    return step.problem(answer, 403, 'forbidden');
  }
  if (decision.undone) {
    step.reach('undo repeated');
    return step.same('status', answer.status, 200);
  }
  const one = decision.caseId === null ? undefined : caseById(model, decision.caseId)?.found;
  const latest = model.decisions.filter((made) => made.image === decision.image && !made.undone).at(-1);
  const before = decisionsOn(model, image).indexOf(decision);
  const newerCase = image.cases.some((other) => other !== one && other.openedAfter > before);
  if (latest !== decision || image.merged || newerCase) {
    step.reach(`undo refused: ${latest !== decision ? 'something newer was decided' : 'a newer case'}`);
    return step.problem(answer, 409, 'case-conflict');
  }
  step.same('status', answer.status, 201);
  step.reach(`undone: ${decision.action}`);
  decision.undone = true;
  if (decision.said !== null && decision.said.of.length > 0)
    step.reach('undo took back: what was said of reports');
  const number = model.decisions.indexOf(decision);
  change(image, () => {
    image.blocks = image.blocks.filter(({ source, decision: by }) => source !== 'moderator' || by !== number);
    if (model.wrong === 'undo') return;
    for (const block of decision.removed) {
      if (blockBy(image, block.source) !== undefined) continue;
      if (block.source === 'threshold' && (image.protected || blockBy(image, 'moderator') !== undefined))
        continue;
      image.blocks.push(block.source === 'threshold' ? dueAnew(model, block) : block);
      step.reach(`undo brought back: ${block.source}`);
    }
    image.keptHour = decision.keptHourBefore;
    if (one !== undefined && decision.statusBefore !== 'none') {
      one.status = decision.statusBefore;
      one.outcome = null;
      one.version += 1;
      one.lease = null;
      one.held = decision.held && one.heldBy !== null && one.status === 'open';
      if (one.held) step.reach('undo brought back: a hold');
      if (decision.appealed && model.wrong !== 'undo-forgets-appeal') {
        one.appealed = true;
        step.reach('undo brought back: an appeal');
      }
    }
    // Votes that came since never had the chance to count. Without any, the undo is exact.
    if (standing(image).some(({ turn }) => turn > decision.turn)) lookAtRule(step, image, { unlocked: true });
    // What was said while nobody waited for it is urgent now.
    const awaiting = openCase(image);
    if (awaiting !== undefined && standing(image).some(({ urgent }) => urgent)) awaiting.severe = true;
  });
  const index = decision.image;
  step.view((now, differences) => {
    if (decision.caseId !== null) {
      const known = caseById(now, decision.caseId)?.found;
      differences.same('case in the answer', saidOfCase(answer.body, 'case'), known && caseViewOf(known));
    }
    viewImage(now, differences, index, at(answer.body, 'image'));
  });
}
