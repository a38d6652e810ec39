import type { AccountEventView } from '../../../contract/account-events.js';
import type { Speech } from '../ui/speech.js';

/** A line of the accounts' log as a person reads it. */
export interface SaidAccountEvent {
  readonly text: string;
  /** Whose account it is about; null: there is none of that address. */
  readonly whose: string | null;
  readonly who: string;
  /** From which browser, as it calls itself. Text of strangers. */
  readonly browser: string | null;
}

const word = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : 'none';

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
      sessions: typeof data['sessions'] === 'number' ? data['sessions'] : 1,
    }),
    whose: staff?.email ?? null,
    who: by.email ?? tOr(`account-by.${by.kind}`, by.kind),
    browser: typeof browser === 'string' && browser !== '' ? browser : null,
  };
}
