import { hash } from 'node:crypto';
import type { AddressRules } from '../core/address-rules.js';

const known = new WeakMap<AddressRules, string>();

/** A short name of rules: the same for the same rules in every process, whatever the order in which they are written. */
export function addressRulesTag(rules: AddressRules): string {
  const made = known.get(rules);
  if (made !== undefined) return made;
  const parts = Object.entries(rules).sort(([a], [b]) => (a < b ? -1 : 1));
  const tag = hash('sha256', JSON.stringify(parts), 'base64url').slice(0, 16);
  known.set(rules, tag);
  return tag;
}
