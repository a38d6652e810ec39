import { ADDRESS_PRESETS, type AddressPreset, isAddressPreset } from './address-presets/presets.js';
import type { FieldError } from './errors.js';
import { canonicalImageHost } from './image-hosts.js';
import { parseTemplate } from './path-template.js';

/**
 * Under which addresses a site shows one picture, beyond what the default rules know (canonical-url.ts): plain data, as it
 * is stored and sent. What is left out is not in force; `{}` is no rules at all.
 */
export interface AddressRules {
  /** Image services whose addresses are read (docs/addresses.md). */
  readonly presets?: readonly AddressPreset[];
  /** Hosts of the site's own that imgix serves, as in `imageHosts`; for the preset `imgix`. */
  readonly imgixHosts?: readonly string[];
  /** Parameters that never choose the picture: names, or with a `*` at the end how they begin. */
  readonly ignoreParameters?: readonly string[];
  /** Templates (path-template.ts) of what is taken out of the path. */
  readonly removePaths?: readonly string[];
  /** `www.example.ma` is `example.ma`. */
  readonly ignoreWww?: boolean;
  /** `http:` is `https:`. */
  readonly ignoreScheme?: boolean;
  readonly ignorePathCase?: boolean;
  /** The order of parameters with different names says nothing. */
  readonly sortParameters?: boolean;
}

export const NO_ADDRESS_RULES: AddressRules = Object.freeze({});

/** Entries of each list but `removePaths`: far more than a site needs. */
export const MOST_ADDRESS_RULES = 50;
/** Every one is tried at every place of a path. */
export const MOST_TEMPLATES = 20;
export const LONGEST_PARAMETER = 64;

const SWITCHES = ['ignoreWww', 'ignoreScheme', 'ignorePathCase', 'sortParameters'] as const;

/** Rules as somebody gives them; entries of lists may be anything. */
export type GivenAddressRules = {
  readonly [List in ListName]?: readonly unknown[];
} & { readonly [Switch in (typeof SWITCHES)[number]]?: boolean };

type ListName = 'presets' | 'imgixHosts' | 'ignoreParameters' | 'removePaths';

/**
 * Checks what is given, all of it, and brings it into the form in which it is stored: only what is in force.
 *
 * @param pointer to the rules in the request
 */
export function checkAddressRules(
  given: GivenAddressRules,
  pointer: string,
): { readonly rules: AddressRules; readonly wrong: readonly FieldError[] } {
  const wrong: FieldError[] = [];
  const list = <T>(
    name: ListName,
    one: (item: string, refuse: (detail: string) => undefined) => T | undefined,
  ): T[] => {
    const items = given[name] ?? [];
    const most = name === 'removePaths' ? MOST_TEMPLATES : MOST_ADDRESS_RULES;
    if (items.length > most) wrong.push({ pointer: `${pointer}/${name}`, detail: `Name at most ${most}.` });
    const good = new Set<T>();
    items.slice(0, most).forEach((item, index) => {
      const checked = one(typeof item === 'string' ? item : '', (detail) => {
        wrong.push({ pointer: `${pointer}/${name}/${index}`, detail });
        return undefined;
      });
      if (checked !== undefined) good.add(checked);
    });
    return [...good];
  };
  const lists = {
    presets: list<AddressPreset>('presets', (item, refuse) =>
      isAddressPreset(item) ? item : refuse(`Must be one of ${ADDRESS_PRESETS.join(', ')}.`),
    ),
    imgixHosts: list('imgixHosts', (item, refuse) => canonicalImageHost(item) ?? refuse(HOST_DETAIL)),
    ignoreParameters: list('ignoreParameters', (item, refuse) =>
      isParameter(item) ? item : refuse(PARAMETER_DETAIL),
    ),
    removePaths: list('removePaths', (item, refuse) => {
      const problem = templateProblem(item);
      return problem === undefined ? item : refuse(problem);
    }),
  };
  const rules: AddressRules = {
    ...Object.fromEntries(Object.entries(lists).filter(([, entries]) => entries.length > 0)),
    ...Object.fromEntries(SWITCHES.filter((name) => given[name] === true).map((name) => [name, true])),
  };
  return { rules, wrong };
}

const HOST_DETAIL =
  'Must be a host such as img.example.ma, or *.example.ma for its subdomains, without scheme or path.';
const PARAMETER_DETAIL = `Must be a parameter's name of at most ${LONGEST_PARAMETER} characters such as w, or how names begin, such as resize_*.`;

/** A bare `*` would make one picture of all that a script serves. */
const isParameter = (text: string): boolean =>
  text.length <= LONGEST_PARAMETER && /^[^\s&=#?*\p{Cc}\p{Cs}]+\*?$/u.test(text);

function templateProblem(text: string): string | undefined {
  const template = parseTemplate(text);
  return typeof template === 'string' ? template : undefined;
}
