import type { Reason, Rule } from './rules/state.js';

export const MODERATORS = ['amina', 'bilal'] as const;
export const STAFF = [...MODERATORS, 'lead'] as const;
export type Staff = (typeof STAFF)[number];

/** How an image is named: an address in one of its spellings, or the site's own id. */
export interface Named {
  readonly address?: number;
  readonly spelling?: number;
  readonly id?: number;
}

/** The name by which the model knows what is asked for: the id first, where it is known. */
export const namesOf = ({ address, id }: Named): string[] => [
  ...(id === undefined ? [] : [`i${id}`]),
  ...(address === undefined ? [] : [`a${address}`]),
];

/** The first of them. @throws Error where nothing is named */
export function nameOf(named: Named): string {
  const [name] = namesOf(named);
  if (name === undefined) throw new Error('A request names an image.');
  return name;
}

/** The other way round. */
export const namedAs = (name: string): Named =>
  name.startsWith('i') ? { id: Number(name.slice(1)) } : { address: Number(name.slice(1)) };

/** Who reports, and how. `at`: the narrow network from which the report comes. */
export type Reader =
  | { readonly kind: 'named'; readonly account: number }
  | { readonly kind: 'account'; readonly account: number; readonly verified: boolean; readonly at: number }
  | { readonly kind: 'device'; readonly device: number; readonly at: number };

export interface DecisionAsked {
  readonly caseId: string;
  readonly action: 'block' | 'keep' | 'escalate';
  readonly policy?: Reason;
  readonly reports?: 'valid' | 'invalid' | 'ignore';
  readonly version: number;
  readonly leaseToken?: string;
}

/** A request, with everything that stands in it: what was drawn, in the light of what there was to choose from. */
export type Asked =
  | {
      readonly do: 'report';
      readonly image: Named;
      readonly reader: Reader;
      readonly reason: Reason;
      /** A comment. */
      readonly words?: string;
    }
  | { readonly do: 'withdraw'; readonly receipt: string }
  | { readonly do: 'receipt'; readonly receipt: string }
  | { readonly do: 'decide'; readonly staff: Staff; readonly decision: DecisionAsked }
  | { readonly do: 'decide-many'; readonly staff: Staff; readonly decisions: readonly DecisionAsked[] }
  | { readonly do: 'undo'; readonly staff: Staff; readonly decision: string }
  | { readonly do: 'claim'; readonly staff: Staff }
  | { readonly do: 'lease'; readonly staff: Staff; readonly caseId: string; readonly token?: string }
  | {
      readonly do: 'release';
      readonly staff: Staff;
      readonly caseId: string;
      readonly token: string;
      readonly skip: boolean;
    }
  | { readonly do: 'publisher-block'; readonly image: Named; readonly reason: Reason }
  | { readonly do: 'publisher-unblock'; readonly image: Named }
  | { readonly do: 'staff-block'; readonly staff: Staff; readonly image: Named; readonly policy: Reason }
  | { readonly do: 'staff-unblock'; readonly staff: Staff; readonly image: Named }
  | {
      readonly do: 'bind';
      readonly id: number;
      readonly address: Named;
    }
  /** The site says which bytes an image has. */
  | { readonly do: 'tell-content'; readonly image: Named; readonly bytes: number }
  | { readonly do: 'protect'; readonly image: Named }
  | { readonly do: 'unprotect'; readonly image: Named }
  | { readonly do: 'appeal'; readonly image: Named }
  | { readonly do: 'withdraw-appeal'; readonly image: Named }
  | { readonly do: 'mute'; readonly caseId: string; readonly who: string; readonly days?: number }
  | { readonly do: 'lift-mute'; readonly mute: string }
  | { readonly do: 'change-rule'; readonly change: Partial<Rule> }
  | { readonly do: 'time-passes'; readonly hours: number };

/** What came back. `body` is empty where there was none. */
export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}
