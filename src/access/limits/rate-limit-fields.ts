import type { FastifyReply } from 'fastify';
import type { LimitCounter, Left } from './limit-counter.js';

/**
 * The header fields of draft-ietf-httpapi-ratelimit-headers-11, as lists of RFC 9651: `RateLimit-Policy` says which limits
 * there are (`q` requests in `w` seconds), and is the same in every answer of one kind; `RateLimit` says what is left of
 * the one that will refuse first (`r` requests for the next `t` seconds).
 */
export const policyField = (counters: readonly LimitCounter[]): string =>
  counters.map(({ name, limit }) => `"${name}";q=${limit.points};w=${limit.seconds}`).join(', ');

/** Whole seconds, so that a request after them is taken. */
export const secondsOf = ({ milliseconds }: Left): number => Math.max(1, Math.ceil(milliseconds / 1_000));

/** Puts them into an answer, in place of those that are there. */
export function tellLimits(reply: FastifyReply, policy: string, left: Left): void {
  reply.header('ratelimit-policy', policy).header('ratelimit', itemOf(left));
}

/** Puts them into an answer, behind those that are there: a device's, when it reports as an account. */
export function addLimits(reply: FastifyReply, policy: string, left: Left): void {
  const [before, told] = [reply.getHeader('ratelimit-policy'), reply.getHeader('ratelimit')];
  if (before === undefined || told === undefined) return tellLimits(reply, policy, left);
  reply
    .header('ratelimit-policy', `${String(before)}, ${policy}`)
    .header('ratelimit', `${String(told)}, ${itemOf(left)}`);
}

const itemOf = (left: Left): string => `"${left.counter.name}";r=${left.points};t=${secondsOf(left)}`;

/** The one that will refuse first, if requests go on as they came: that of which the least share is left. */
export function tightest(all: readonly Left[]): Left | undefined {
  let least: Left | undefined;
  for (const left of all) if (least === undefined || shareOf(left) < shareOf(least)) least = left;
  return least;
}

/** Of those that refuse, the one that does for the longest. */
export function longestRefusal(all: readonly Left[]): Left | undefined {
  let longest: Left | undefined;
  for (const left of all) {
    if (left.isRefused && (longest === undefined || left.milliseconds > longest.milliseconds)) longest = left;
  }
  return longest;
}

/** How much is left of a limit, from 0 to 1. */
export const shareOf = ({ points, counter }: Left): number => points / counter.limit.points;
