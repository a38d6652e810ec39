import { performance } from 'node:perf_hooks';
import { LRUCache } from 'lru-cache';
import type { Doorbell } from '../../database/listen.js';
import { isConnectionLost } from '../../database/postgres-errors.js';
import { findKey, type KeyRow } from '../../database/statements/sites/find-key.js';
import { SETTINGS_CHANNEL } from '../../database/statements/sites/notify-settings-changed.js';
import type { Tx } from '../../database/tx.js';
import { parseKey } from './api-keys.js';
import type { Caller } from '../caller.js';
import { siteSettings } from '../sites/site-settings.js';

export { notifySettingsChanged } from '../../database/statements/sites/notify-settings-changed.js';

/** Whose key it is, or a sentence that says why it is refused. */
export type Verdict = { readonly caller: Caller } | { readonly refused: string };

interface Entry {
  readonly verdict: Verdict;
  /** On the clock of `now`. */
  readonly until: number;
}

/** How long a key may go on working elsewhere after it was revoked, in milliseconds, when no notification arrives. */
const TTL = 5_000;

const UNKNOWN: Verdict = { refused: 'This key is unknown. Check it, or ask for a new one.' };
const MISTYPED: Verdict = { refused: 'This is not a key of Vigie, or it was mistyped. Copy it again.' };
const REVOKED: Verdict = { refused: 'This key was revoked. Use the one that replaced it.' };
const CLOSED: Verdict = { refused: 'The account behind this token was closed. Ask an admin.' };
const EXPIRED: Verdict = { refused: 'This token has expired. Ask for a new one.' };

/**
 * The keys in use, in memory, by the whole Authorization header in its one spelling (`presentedKey`). A key is hashed and
 * looked up once; afterwards its caller is known without a query until the settings change, here (`forget`) or elsewhere
 * (the notification rings), and at the latest after 5 seconds.
 */
export class KeyDirectory {
  private readonly known = new LRUCache<string, Entry>({ max: 10_000 });
  /** Apart, so that made-up keys push no real one out. */
  private readonly refused = new LRUCache<string, Entry>({ max: 1_000 });
  /** Which were good at their last look: a change of the settings does not make them strangers. */
  private readonly good = new LRUCache<string, true>({ max: 10_000 });
  private looking = new Map<string, Promise<Verdict>>();

  /** @param now a clock in milliseconds that never jumps */
  constructor(
    private readonly database: Pick<Tx, 'query'>,
    doorbell: Pick<Doorbell, 'on'>,
    private readonly now: () => number = () => performance.now(),
  ) {
    doorbell.on(SETTINGS_CHANNEL, () => this.forget());
  }

  /** The caller behind an Authorization header if that is known without asking anybody. */
  recall(authorization: string): Verdict | undefined {
    const entry = this.known.get(authorization) ?? this.refused.get(authorization);
    return entry !== undefined && entry.until > this.now() ? entry.verdict : undefined;
  }

  /** Whether a header's caller was known at the last look, however long ago. */
  wasKnown(authorization: string): boolean {
    return this.good.get(authorization) !== undefined;
  }

  /** Whether somebody is asking for a header's caller at this moment. */
  isAsked(authorization: string): boolean {
    return this.looking.has(authorization);
  }

  /** The caller behind an Authorization header. A typo costs no query; many who ask at once cost one. */
  async lookUp(authorization: string): Promise<Verdict> {
    const recalled = this.recall(authorization);
    if (recalled !== undefined) return recalled;
    const parsed = parseKey(/^Bearer ([^ ]+)$/.exec(authorization)?.[1] ?? '');
    if (parsed === null) return MISTYPED;

    // What was asked before the settings changed must not answer for after: `forget` replaces this map.
    const looking = this.looking;
    const asked = looking.get(authorization);
    if (asked !== undefined) return asked;
    const answer = this.ask(authorization, parsed.hash, () => this.looking === looking);
    looking.set(authorization, answer);
    return answer.finally(() => looking.delete(authorization));
  }

  /** Call it after committing a change to keys, sites, staff or members: the next request sees the change. */
  forget(): void {
    this.known.clear();
    this.refused.clear();
    this.looking = new Map();
  }

  private async ask(authorization: string, hash: Buffer, isCurrent: () => boolean): Promise<Verdict> {
    const from = this.now();
    let row: KeyRow | undefined;
    try {
      row = await findKey(this.database, hash);
    } catch (error) {
      // States are answered from memory while Postgres is away, so a site's key goes on counting too.
      const last = this.known.get(authorization);
      if (!isConnectionLost(error) || last === undefined || !isSite(last.verdict)) throw error;
      this.known.set(authorization, { verdict: last.verdict, until: this.now() + TTL });
      return last.verdict;
    }
    const verdict = judge(row);
    if ('caller' in verdict) this.good.set(authorization, true);
    else this.good.delete(authorization);
    if (!isCurrent()) return verdict;
    if ('caller' in verdict) {
      this.known.set(authorization, { verdict, until: from + Math.min(TTL, row?.millisecondsLeft ?? TTL) });
    } else {
      this.known.delete(authorization);
      this.refused.set(authorization, { verdict, until: from + TTL });
    }
    return verdict;
  }
}

const isSite = (verdict: Verdict): boolean => 'caller' in verdict && verdict.caller.kind !== 'staff';

function judge(row: KeyRow | undefined): Verdict {
  if (row === undefined) return UNKNOWN;
  if (row.revoked) return REVOKED;
  if (row.millisecondsLeft !== null && row.millisecondsLeft <= 0) return EXPIRED;
  if (row.kind !== 'staff') {
    return { caller: { kind: row.kind, site: siteSettings(row.site) } };
  }
  const { id, email, admin, legal, disabled, roles } = row.staff;
  if (disabled) return CLOSED;
  return {
    caller: {
      kind: 'staff',
      staffId: id,
      email,
      admin,
      legal,
      scopes: row.scopes,
      roles: new Map(Object.entries(roles)),
      tokenId: row.id,
    },
  };
}
