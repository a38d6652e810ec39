import type { SiteSettings } from '../access/caller.js';
import type { CanonicalAddressAnswer, CanonicalAddressBody } from '../contract/address-rules.js';
import { type AddressRules, checkAddressRules } from '../core/address-rules.js';
import { canonicalAddress, explainAddress as stepsOf, vouchesFor } from '../core/canonical-address.js';
import { describeUrlProblem } from '../core/canonical-url.js';
import { invalid, VigieError } from '../core/errors.js';

/**
 * What becomes of an address by the site's rules, or by rules that somebody tries; nothing is changed.
 *
 * @throws VigieError INVALID with pointers to what is wrong
 */
export function explainAddress(
  { url: given, rules: tried }: CanonicalAddressBody,
  { imageHosts, addressRules }: Pick<SiteSettings, 'imageHosts' | 'addressRules'>,
): CanonicalAddressAnswer {
  const rules = tried === undefined ? addressRules : checked(tried);
  const address = canonicalAddress(given, rules);
  if (!address.ok) throw invalid('/url', describeUrlProblem(address.problem));
  return {
    given,
    canonical: address.url,
    shown: address.shown,
    host: address.host,
    vouchedFor: vouchesFor(address, imageHosts, rules),
    steps: stepsOf(given, rules),
  };
}

function checked(tried: NonNullable<CanonicalAddressBody['rules']>): AddressRules {
  const { rules, wrong } = checkAddressRules(tried, '/rules');
  const [first] = wrong;
  if (first !== undefined) throw new VigieError('INVALID', first.detail, wrong);
  return rules;
}
