import { type AddressRules, checkAddressRules, type GivenAddressRules } from '../core/address-rules.js';
import { type FieldError, VigieError } from '../core/errors.js';
import { NEAR_MATCHES, type NearMatches } from '../contract/matches.js';
import { canonicalImageHost } from '../core/image-hosts.js';
import { LONGEST_INSTRUCTIONS, LONGEST_ORIGIN } from '../contract/sites.js';
import { isReason, LOCALES, type Locale, REASONS, type Reason } from '../core/reasons.js';
import { readUrl } from '../core/read-url.js';
import { suffixIn } from './hosts-of-anybody.js';

/** What a person gives of a site; parts may be wrong. */
export interface SiteInput {
  readonly name?: string;
  readonly origins?: readonly unknown[];
  readonly imageHosts?: readonly unknown[];
  readonly addressRules?: GivenAddressRules;
  readonly locale?: string;
  readonly timeZone?: string;
  readonly reasons?: readonly unknown[];
  readonly nearMatches?: string;
  readonly severeInstructions?: string | null;
}

/** The same as it is stored. */
export interface CheckedSite {
  name?: string;
  origins?: string[];
  imageHosts?: string[];
  addressRules?: AddressRules;
  locale?: Locale;
  timeZone?: string;
  reasons?: Reason[];
  nearMatches?: NearMatches;
  severeInstructions?: string | null;
}

/**
 * Checks whatever is given of a site, all of it, and brings it into the form in which it is stored. In production
 * plain http is for this machine's own pages.
 *
 * @throws VigieError INVALID with every wrong field
 */
export function checkSite(given: SiteInput & { readonly slug?: string }, production: boolean): CheckedSite {
  const wrong: FieldError[] = [];
  const list = <T>(at: string, items: readonly unknown[], one: (item: unknown) => T | FieldProblem): T[] => {
    const good = new Set<T>();
    items.forEach((item, index) => {
      const checked = one(item);
      if (checked instanceof FieldProblem) wrong.push({ pointer: `${at}/${index}`, detail: checked.detail });
      else good.add(checked);
    });
    return [...good];
  };
  const one = <T>(pointer: string, checked: T | FieldProblem): T | undefined => {
    if (!(checked instanceof FieldProblem)) return checked;
    wrong.push({ pointer, detail: checked.detail });
    return undefined;
  };

  const checked: CheckedSite = {};
  if (given.slug !== undefined) one('/slug', checkSlug(given.slug));
  if (given.name !== undefined) keep(checked, 'name', one('/name', checkName(given.name)));
  if (given.origins !== undefined) {
    checked.origins = list('/origins', given.origins, (origin) => checkOrigin(origin, production));
  }
  if (given.imageHosts !== undefined) {
    checked.imageHosts = list('/imageHosts', given.imageHosts, checkImageHost);
  }
  if (given.addressRules !== undefined) {
    const { rules, wrong: wrongRules } = checkAddressRules(given.addressRules, '/addressRules');
    checked.addressRules = rules;
    wrong.push(...wrongRules);
    // What is none was named by the check of the rules.
    list('/addressRules/imgixHosts', given.addressRules.imgixHosts ?? [], (host) => ofAnybody(host) ?? host);
  }
  if (given.locale !== undefined) keep(checked, 'locale', one('/locale', checkLocale(given.locale)));
  if (given.timeZone !== undefined) {
    keep(checked, 'timeZone', one('/timeZone', checkTimeZone(given.timeZone)));
  }
  if (given.reasons !== undefined) {
    const reasons = list('/reasons', given.reasons, checkReason);
    if (given.reasons.length === 0) one('/reasons', new FieldProblem('Name at least one reason.'));
    checked.reasons = REASONS.filter((reason) => reasons.includes(reason));
  }
  if (given.nearMatches !== undefined) {
    keep(checked, 'nearMatches', one('/nearMatches', checkNearMatches(given.nearMatches)));
  }
  if (given.severeInstructions !== undefined) {
    keep(
      checked,
      'severeInstructions',
      one('/severeInstructions', checkInstructions(given.severeInstructions)),
    );
  }
  const [first] = wrong;
  if (first !== undefined) throw new VigieError('INVALID', first.detail, wrong);
  return checked;
}

class FieldProblem {
  constructor(readonly detail: string) {}
}

function keep<Key extends keyof CheckedSite>(
  checked: CheckedSite,
  key: Key,
  value: CheckedSite[Key] | undefined,
): void {
  if (value !== undefined) checked[key] = value;
}

const checkSlug = (slug: string): string | FieldProblem =>
  slug.length <= 63 && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug)
    ? slug
    : new FieldProblem(
        'Must be 1 to 63 small letters, digits and single hyphens between them, such as revue-de-presse.',
      );

function checkName(name: string): string | FieldProblem {
  const trimmed = name.trim();
  // Postgres counts code points, and so do people.
  const length = [...trimmed].length;
  return length >= 1 && length <= 200 && !/\p{Cc}/u.test(trimmed)
    ? trimmed
    : new FieldProblem('Must be a text of 1 to 200 characters on one line.');
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** An origin is compared to the letter with what browsers send, so only their spelling is taken (RFC 6454). */
function checkOrigin(given: unknown, production: boolean): string | FieldProblem {
  const expected = 'Must be an origin such as https://www.example.ma: scheme, host and, where needed, port';
  if (typeof given !== 'string' || given.length > LONGEST_ORIGIN) return new FieldProblem(`${expected}.`);
  const url = readUrl(given);
  if (url === null) return new FieldProblem(`${expected}.`);
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  // The URL standard lets a host hold characters that no name has, such as the "*" of a pattern.
  if (!isWeb || !/^(?:[a-z0-9._-]+|\[[\da-f:.]+\])$/.test(url.hostname))
    return new FieldProblem(`${expected}.`);
  if (url.origin !== given) return new FieldProblem(`${expected}, and nothing else. Here: ${url.origin}`);
  if (url.protocol === 'http:' && production && !LOOPBACK.has(url.hostname)) {
    return new FieldProblem(`Must begin with https://: in production plain http is for localhost alone.`);
  }
  return given;
}

function checkImageHost(given: unknown): string | FieldProblem {
  const host = typeof given === 'string' ? canonicalImageHost(given) : undefined;
  if (host === undefined) {
    return new FieldProblem(
      'Must be a host such as cdn.example.ma, or *.example.ma for its subdomains, without scheme or path.',
    );
  }
  return ofAnybody(host) ?? host;
}

/** Nothing where it names no hosts, or the site's own. */
function ofAnybody(given: unknown): FieldProblem | undefined {
  const suffix = typeof given === 'string' ? suffixIn(given) : null;
  return suffix === null
    ? undefined
    : new FieldProblem(
        `Must be hosts of the site's own: names under ${suffix} are anybody's. Say more of the name, such as *.example.${suffix}.`,
      );
}

const checkLocale = (given: string): Locale | FieldProblem =>
  LOCALES.find((locale) => locale === given) ?? new FieldProblem(`Must be one of ${LOCALES.join(', ')}.`);

/** Three letters are an abbreviation to Postgres, also where IANA has a zone of that name with summer time. */
export const isZoneAbbreviation = (name: string): boolean => /^(?!utc|gmt)[a-z]{3}$/i.test(name);

function checkTimeZone(given: string): string | FieldProblem {
  const problem = new FieldProblem('Must be an IANA time zone, such as Africa/Casablanca.');
  // Offsets such as +01:00 are no time zones: they know no daylight saving.
  if (!/^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/.test(given)) return problem;
  if (isZoneAbbreviation(given)) {
    return new FieldProblem(
      `Must be the IANA time zone of a place, such as Africa/Casablanca: ${given} is an abbreviation, which knows no daylight saving.`,
    );
  }
  try {
    // Only the asking matters: an unknown zone throws.
    new Intl.DateTimeFormat('en', { timeZone: given });
    return given;
  } catch {
    return problem;
  }
}

/** Lines are kept as they were written; of nothing but white space nothing remains. */
function checkInstructions(given: string | null): string | null | FieldProblem {
  const trimmed = given?.replaceAll('\r\n', '\n').trim() ?? '';
  if (trimmed === '') return null;
  return [...trimmed].length <= LONGEST_INSTRUCTIONS && !/[^\P{Cc}\n\t]/u.test(trimmed)
    ? trimmed
    : new FieldProblem(`Must be a text of at most ${LONGEST_INSTRUCTIONS} characters, or null.`);
}

const checkNearMatches = (given: string): NearMatches | FieldProblem =>
  NEAR_MATCHES.find((choice) => choice === given) ??
  new FieldProblem(`Must be one of ${NEAR_MATCHES.join(', ')}.`);

const checkReason = (given: unknown): Reason | FieldProblem =>
  isReason(given) ? given : new FieldProblem(`Must be one of ${REASONS.join(', ')}.`);
