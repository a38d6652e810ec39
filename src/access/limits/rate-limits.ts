import type { FastifyReply, FastifyRequest } from 'fastify';
import type { LimitSettings } from '../../config/load-config.js';
import { rateLimited } from '../../core/errors.js';
import type { Caller } from '../caller.js';
import { isFromSite } from '../origins/check-origin.js';
import { type Left, LimitCounter, type SharedCounts, type Whose } from './limit-counter.js';
import type { LimitKeys } from './limit-keys.js';
import { isTold, type LimitedGroup, type LimitPlan, limitPlans, type LimitPlans } from './limit-plans.js';
import {
  addLimits,
  longestRefusal,
  policyField,
  secondsOf,
  shareOf,
  tellLimits,
  tightest,
} from './rate-limit-fields.js';

/** Images about which a question counts once. */
const IMAGES_PER_POINT = 100;

type Due = readonly [counter: LimitCounter, key: string];

const REFUSALS: Readonly<Record<Whose, string>> = {
  device: 'This device has sent too many reports.',
  account: 'This account has sent too many reports.',
  network: 'Too many of these requests came from this network.',
  wideNetwork: 'Too many of these requests came from this network and those around it.',
  publishable: "Too many of these requests came with this site's publishable keys.",
  secret: "Too many of these requests came with this site's secret keys.",
  staff: 'Too many requests came with your tokens.',
  unknown: 'Too many requests without a valid key came from this network.',
  wideUnknown: 'Too many requests without a valid key came from this network and those around it.',
  door: 'Too many requests to sign in, or with cookies that are not good, came from this network.',
};

/**
 * How much is taken of whom: of a device, of a network, of all keys of one kind that a site has, of a member of staff, and
 * of a network without a known key. config/default.yaml says how much, and why.
 */
export class RateLimits {
  private readonly plans: LimitPlans | null;

  /**
   * @param settings null: nothing is limited
   * @param shared where to count with the other processes; null: each counts for itself
   */
  constructor(
    settings: LimitSettings | null,
    private readonly keys: LimitKeys,
    shared: SharedCounts | null,
  ) {
    this.plans = settings === null ? null : limitPlans(settings, shared);
  }

  /**
   * Counts a request of a known caller, whatever it will come to, and tells in its answer what is left. What is refused
   * has done nothing.
   *
   * @returns a promise where it is counted elsewhere
   * @throws VigieError RATE_LIMITED, or rejects with it
   */
  count(
    group: LimitedGroup,
    caller: Caller,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> | undefined {
    const plan = this.plans?.known[group][caller.kind];
    if (plan === undefined || plan.counters.length === 0) return undefined;
    return this.take(plan, pointsOf(request.body), caller, request, reply);
  }

  /**
   * Counts a request without a key, or with one that is not known. Each process for itself, so there is nothing to wait for.
   *
   * @throws VigieError RATE_LIMITED when the request's network has used up what it may send of these
   */
  countUnknown(request: FastifyRequest, reply: FastifyReply): void {
    this.countHere(this.plans?.unknown, request, reply);
  }

  /** Takes back what `countUnknown` counted: the key proved known. */
  giveBackUnknown(request: FastifyRequest): void {
    this.giveBackHere(this.plans?.unknown, request);
  }

  /**
   * Counts a request of who is not signed in and wants to be; as `countUnknown`, and apart from it: whatever is sent without a
   * key must not shut out those who sign in.
   *
   * @throws VigieError RATE_LIMITED
   */
  countAtDoor(request: FastifyRequest, reply: FastifyReply): void {
    this.countHere(this.plans?.door, request, reply);
  }

  /** Takes back what `countAtDoor` counted: it was let in. */
  giveBackAtDoor(request: FastifyRequest): void {
    this.giveBackHere(this.plans?.door, request);
  }

  private countHere(plan: LimitPlan | undefined, request: FastifyRequest, reply: FastifyReply): void {
    if (plan === undefined) return;
    const due = this.dueOf(plan, null, request);
    refuseIfUsed(due, plan, 1, reply);
    for (const [counter, key] of due) counter.countHere(key, 1);
  }

  private giveBackHere(plan: LimitPlan | undefined, request: FastifyRequest): void {
    if (plan === undefined) return;
    for (const [counter, key] of this.dueOf(plan, null, request)) counter.giveBack(key, 1);
  }

  /**
   * Counts a report of an account in a token that its site signed; as `count`. Who it is, is known only when the token was
   * verified, long after the request was counted: what is refused here has counted for the network and the site.
   *
   * @param hash the account's as a reporter
   */
  countAccount(hash: Buffer, reply: FastifyReply): Promise<void> | undefined {
    const plan = this.plans?.account;
    if (plan === undefined || plan.counters.length === 0) return undefined;
    const key = this.keys.accountOf(hash);
    const due = plan.counters.map((counter): Due => [counter, key]);
    return this.countAll(due, plan, 1, reply);
  }

  private take(
    plan: LimitPlan,
    points: number,
    caller: Caller | null,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> | undefined {
    return this.countAll(this.dueOf(plan, caller, request), plan, points, reply);
  }

  private countAll(
    due: readonly Due[],
    plan: LimitPlan,
    points: number,
    reply: FastifyReply,
  ): Promise<void> | undefined {
    refuseIfUsed(due, plan, points, reply);
    const counts = due.map(([counter, key]) => counter.count(key, points));
    const here = counts.filter((count): count is Left => !(count instanceof Promise));
    if (here.length === counts.length) return settle(here, plan, reply);
    // All at once: with Redis that is one way there and back.
    return Promise.all(counts.map((count) => Promise.resolve(count))).then((all) => settle(all, plan, reply));
  }

  /** What has to be counted, under which keys. */
  private dueOf(plan: LimitPlan, caller: Caller | null, request: FastifyRequest): Due[] {
    const due: Due[] = [];
    let last: { readonly whose: Whose; readonly key: string | undefined } | undefined;
    for (const counter of plan.counters) {
      const { whose } = counter;
      last = last?.whose === whose ? last : { whose, key: this.keyOf(whose, caller, request) };
      if (last.key !== undefined) due.push([counter, last.key]);
    }
    return due;
  }

  private keyOf(whose: Whose, caller: Caller | null, request: FastifyRequest): string | undefined {
    switch (whose) {
      case 'device':
        if (caller === null || caller.kind === 'staff') return undefined;
        return this.keys.deviceOf(caller.site.id, request.body);
      case 'network':
      case 'unknown':
      case 'door':
        return this.keys.networksOf(request).narrow;
      case 'wideNetwork':
      case 'wideUnknown':
        return this.keys.networksOf(request).wide;
      case 'account':
        return undefined;
      case 'publishable':
        // Else pages elsewhere could use up a site's limit in their visitors' browsers, of which the site knows nothing.
        return caller?.kind === 'publishable' && isFromSite(caller.site, request)
          ? caller.site.id
          : undefined;
      case 'secret':
      case 'staff':
        if (caller === null) return undefined;
        return caller.kind === 'staff' ? caller.staffId : caller.site.id;
    }
  }
}

/** Before anything is counted. */
function refuseIfUsed(due: readonly Due[], plan: LimitPlan, points: number, reply: FastifyReply): void {
  const used: Left[] = [];
  for (const [counter, key] of due) {
    const refusal = counter.refusal(key, points);
    if (refusal !== undefined) used.push(refusal);
  }
  refuseIfOver(used, plan, reply);
}

function settle(all: readonly Left[], plan: LimitPlan, reply: FastifyReply): undefined {
  refuseIfOver(all, plan, reply);
  const least = tightest(all.filter(({ counter }) => isTold(counter)));
  if (least !== undefined && shareOf(least) <= plan.toldFrom) addLimits(reply, plan.policy, least);
}

function refuseIfOver(all: readonly Left[], { policy }: LimitPlan, reply: FastifyReply): void {
  const refusal = longestRefusal(all);
  if (refusal === undefined) return;
  const { counter } = refusal;
  tellLimits(reply, isTold(counter) ? policy : policyField([counter]), refusal);
  const seconds = secondsOf(refusal);
  throw rateLimited(`${REFUSALS[counter.whose]} Try again in ${seconds} seconds.`, seconds);
}

/** One question for every hundred images begun. */
function pointsOf(body: unknown): number {
  if (typeof body !== 'object' || body === null || !('images' in body) || !Array.isArray(body.images))
    return 1;
  return Math.max(1, Math.ceil(body.images.length / IMAGES_PER_POINT));
}
