import { ADDRESS_PRESETS, PRESET_RULES } from './address-presets/presets.js';
import {
  type AddressParts,
  addressOf,
  parameterName,
  parametersOf,
  withoutParameters,
} from './address-parts.js';
import type { AddressRules } from './address-rules.js';
import { parseTemplate, type PathTemplate, removeTemplate } from './path-template.js';

/** One thing that is done to an address: null, or the same, where it has nothing to do. */
export interface AddressRule {
  readonly name: string;
  readonly explanation: string;
  readonly apply: (address: AddressParts) => string | null;
}

const compiled = new WeakMap<AddressRules, readonly AddressRule[]>();

/** What is done to an address by these rules, in this order. Made once for each object of rules. */
export function rulesInOrder(rules: AddressRules): readonly AddressRule[] {
  const known = compiled.get(rules);
  if (known !== undefined) return known;
  const made = compile(rules);
  compiled.set(rules, made);
  return made;
}

function compile(rules: AddressRules): AddressRule[] {
  const { presets = [], imgixHosts = [], ignoreParameters = [], removePaths = [] } = rules;
  const steps: AddressRule[] = ADDRESS_PRESETS.filter((preset) => presets.includes(preset)).map((preset) => {
    const { apply, explanation } = PRESET_RULES[preset];
    return { name: preset, explanation, apply: (address) => apply(address, imgixHosts) };
  });
  // Ahead of the templates, which are then read in small letters, too.
  if (rules.ignorePathCase === true) steps.push(IGNORE_PATH_CASE);
  for (const text of removePaths) {
    const template = parseTemplate(rules.ignorePathCase === true ? lowerCase(text) : text);
    if (typeof template !== 'string') steps.push(removing(text, template));
  }
  if (ignoreParameters.length > 0) steps.push(ignoring(ignoreParameters));
  if (rules.ignoreWww === true) steps.push(IGNORE_WWW);
  if (rules.ignoreScheme === true) steps.push(IGNORE_SCHEME);
  if (rules.sortParameters === true) steps.push(SORT_PARAMETERS);
  return steps;
}

const removing = (text: string, template: PathTemplate): AddressRule => ({
  name: 'removePaths',
  explanation: `The site's pattern ${text} is taken out of the path.`,
  apply: (address) => addressOf({ ...address, path: removeTemplate(address.path, template) }),
});

function ignoring(names: readonly string[]): AddressRule {
  const whole = new Set(names.filter((name) => !name.endsWith('*')));
  const beginnings = names.filter((name) => name.endsWith('*')).map((name) => name.slice(0, -1));
  const drop = (name: string): boolean =>
    whole.has(name) || beginnings.some((beginning) => name.startsWith(beginning));
  return {
    name: 'ignoreParameters',
    explanation: "Parameters that never choose the picture are dropped: the site's list names them.",
    apply: (address) =>
      address.query === '' ? null : addressOf({ ...address, query: withoutParameters(address.query, drop) }),
  };
}

/** Percent-encoded characters keep their digits in upper case, as in every canonical address. */
const lowerCase = (path: string): string =>
  path.replace(/%[0-9A-Fa-f]{2}|\{[a-z]+\??\}|[A-Z]+/g, (text) =>
    /^[%{]/.test(text) ? text : text.toLowerCase(),
  );

const IGNORE_PATH_CASE: AddressRule = {
  name: 'ignorePathCase',
  explanation: 'The path is written in small letters: the site does not tell them from capitals.',
  apply: (address) => addressOf({ ...address, path: lowerCase(address.path) }),
};

const IGNORE_WWW: AddressRule = {
  name: 'ignoreWww',
  explanation: 'The "www." in front of the host is dropped.',
  apply: (address) => {
    const host = address.host.replace(/^(?:www\.)+(?=[^.]+\.)/, '');
    return addressOf({ ...address, host });
  },
};

const IGNORE_SCHEME: AddressRule = {
  name: 'ignoreScheme',
  explanation: 'The address is written with https: the site shows the same over http.',
  apply: (address) => addressOf({ ...address, scheme: 'https' }),
};

const SORT_PARAMETERS: AddressRule = {
  name: 'sortParameters',
  explanation: 'Parameters are put in the order of their names.',
  apply: (address) => {
    const named = parametersOf(address.query).map((parameter) => ({
      parameter,
      name: parameterName(parameter),
    }));
    // Stable: several of one name keep their order, which servers read as a list.
    named.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
    return addressOf({ ...address, query: named.map(({ parameter }) => parameter).join('&') });
  },
};
