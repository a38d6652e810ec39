import type { AccountEventView } from '../../../contract/account-events.js';
import type { Speech } from '../ui/speech.js';

/** A line of the accounts' log as a person reads it. */
export interface SaidAccountEvent {
  readonly text: string;
  /** Whose account it is about, or which site; null: there is no account of that address. */
  readonly whose: string | null;
  readonly who: string;
  /** From which browser, as it calls itself. Text of strangers. */
  readonly browser: string | null;
}

const word = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : 'none';

const partsOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(word) : []);

/** Keys and settings: nobody's account. */
const isAboutSite = (type: string): boolean => /^(key|site)-/.test(type);

/** What a line of the accounts' log says, whatever the service that wrote it knew. */
export function accountSentence(event: AccountEventView, { t, tOr }: Speech): SaidAccountEvent {
  const { type, data, staff, site, by } = event;
  const role = word(data['role']);
  const browser = data['browser'];
  return {
    text: tOr(`account-event.${type}`, t('timeline.unknown', { type }), {
      role: tOr(`role.${role}`, role),
      site: site?.slug ?? '',
      purpose: word(data['purpose']),
      step: word(data['step']),
      name: word(data['name']),
      times: word(data['times']),
      kind: word(data['kind']),
      hint: word(data['hint']),
      parts: partsOf(data['parts'])
        .map((part) => tOr(`account-part.${part}`, part))
        .join(' · '),
      sessions: typeof data['sessions'] === 'number' ? data['sessions'] : 1,
    }),
    whose: staff?.email ?? (isAboutSite(type) ? (site?.slug ?? null) : null),
    who: by.email ?? tOr(`account-by.${by.kind}`, by.kind),
    browser: typeof browser === 'string' && browser !== '' ? browser : null,
  };
}
