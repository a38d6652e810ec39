import { partsOf } from './address-parts.js';
import { innerHosts } from './address-presets/inner-hosts.js';
import type { AddressRules } from './address-rules.js';
import { canonicalUrl, canonicalUrlByTheRules, type UrlProblem } from './canonical-url.js';
import { hostMatches } from './image-hosts.js';
import { rulesInOrder } from './rules-in-order.js';

/**
 * An address by a site's rules. `url` is what it is known by, with its `host`; `shown` is the address as it was given,
 * canonical by the default rules alone: what browsers and we fetch.
 */
export type CanonicalAddress =
  | { readonly ok: true; readonly url: string; readonly host: string; readonly shown: string }
  | { readonly ok: false; readonly problem: UrlProblem };

/** What one rule did. */
export interface AddressStep {
  readonly rule: string;
  readonly before: string;
  readonly after: string;
  readonly explanation: string;
}

/**
 * Changes to one address, at most: several wrappers within each other, and what the site leaves out. Whoever builds a
 * longer chain gets the address as it is: half a way would depend on how often it was gone.
 */
const MOST_CHANGES = 32;

/**
 * Makes an address canonical by a site's rules. Never throws. Idempotent: the rules are followed until none has anything
 * to do. Without rules it is `canonicalUrl`.
 */
export function canonicalAddress(input: string, rules: AddressRules): CanonicalAddress {
  const canonical = canonicalUrl(input);
  if (!canonical.ok) return canonical;
  const { url, host } = canonical;
  const inOrder = rulesInOrder(rules);
  if (inOrder.length === 0) return { ok: true, url, host, shown: url };
  const end = follow({ url, host }, rules);
  return { ok: true, url: end.url, host: end.host, shown: url };
}

/** The same step by step, for people who set rules. Of what is no address there are no steps. */
export function explainAddress(input: string, rules: AddressRules): AddressStep[] {
  const steps: AddressStep[] = [];
  const note = (step: AddressStep): void => void steps.push(step);
  const canonical = canonicalUrlByTheRules(input, note);
  if (!canonical.ok) return [];
  const { url, host } = canonical;
  const bySite: AddressStep[] = [];
  const end = follow({ url, host }, rules, (step) => void bySite.push(step));
  if (end.isTooLong) {
    const explanation = `More than ${MOST_CHANGES} changes would follow from each other: the address stays as it is.`;
    return [...steps, { rule: 'limit', before: url, after: url, explanation }];
  }
  return [...steps, ...bySite];
}

/**
 * Whether a site vouches for an address (docs/rules.md, rule 19): for the host of the picture that it stands for, and for
 * the host that it is shown from, or readers could report through any server that forwards pictures. Of an address that a
 * preset recognises and leaves as it is, the hosts inside it count as well; one with too many layers is nobody's.
 *
 * @param imageHosts canonical entries
 */
export function vouchesFor(
  { shown, host }: { readonly shown: string; readonly host: string },
  imageHosts: readonly string[],
  rules: AddressRules,
): boolean {
  const isOurs = (name: string): boolean =>
    hostMatches(name, imageHosts) || (rules.ignoreWww === true && hostMatches(`www.${name}`, imageHosts));
  const shownHost = partsOf(shown).host;
  if (!isOurs(shownHost) || !(host === shownHost || isOurs(host))) return false;
  if (rulesInOrder(rules).length === 0) return true;
  // Nobody knows which picture such an address stands for, or only the service that it wraps does.
  const end = follow({ url: shown, host: shownHost }, rules);
  if (end.isTooLong) return false;
  const inner = innerHosts(partsOf(end.url), rules.presets ?? [], rules.imgixHosts ?? []);
  return inner?.every(isOurs) === true;
}

interface Place {
  readonly url: string;
  readonly host: string;
}

/** Follows a site's rules from a canonical address to where none of them has anything to do. */
function follow(
  start: Place,
  rules: AddressRules,
  note?: (step: AddressStep) => void,
): Place & { readonly isTooLong: boolean } {
  let place = start;
  let changes = 0;
  for (let before: Place | undefined; before?.url !== place.url;) {
    before = place;
    for (const { name, explanation, apply } of rulesInOrder(rules)) {
      const next = apply(partsOf(place.url));
      if (next === null || next === place.url) continue;
      // What is inside an address is canonical by the default rules, too; what is no address changes nothing.
      const canonical = canonicalUrl(next);
      if (!canonical.ok || canonical.url === place.url) continue;
      changes += 1;
      if (changes > MOST_CHANGES) return { ...start, isTooLong: true };
      note?.({ rule: name, before: place.url, after: canonical.url, explanation });
      place = { url: canonical.url, host: canonical.host };
    }
  }
  return { ...place, isTooLong: false };
}
