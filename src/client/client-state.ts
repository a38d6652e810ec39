import { BlockedSet } from './blocked-set.js';
import type { ImageChange } from './image-change.js';
import { type KnownRules, NO_RULES, type State } from './saved-state.js';
import type { Snapshot } from './take-snapshot.js';

/** What happened to the state: an image changed, or all may have. */
export type StateChange = ({ readonly type: 'image' } & ImageChange) | { readonly type: 'snapshot' };

/** Ms. `Date` has whole seconds: what is below two may be rounding. */
const ROUNDING = 2000;

/** What a client knows. `ready`: is there anything to answer from? */
export class ClientState {
  ready = false;
  set = new BlockedSet();
  /** Where to go on from; null: the block list is needed. */
  cursor: string | null = null;
  asOf: string | null = null;
  rules: KnownRules = NO_RULES;
  /** Up to when nothing is missing, by this machine's clock, in ms since 1970. */
  private confirmedAt = 0;
  private lastCursor = '';

  /** @param told is called after the change */
  constructor(private readonly told: (change: StateChange) => void) {}

  /** Goes on from what was saved. */
  resume({ set, cursor, asOf, confirmedAt, rules }: State): void {
    // This machine's clock may have been ahead when it was saved.
    Object.assign(this, { set, asOf, confirmedAt: Math.min(confirmedAt, Date.now()), rules, ready: true });
    set.useRules(rules.rules);
    this.moveTo(cursor);
  }

  empty(): BlockedSet {
    return this.set.emptied();
  }

  replace({ set, cursor }: Snapshot): void {
    this.set = set;
    set.useRules(this.rules.rules);
    this.moveTo(cursor);
    this.ready = true;
    this.asOf = null;
    this.confirmedAt = Date.now();
    this.told({ type: 'snapshot' });
  }

  /** From now on addresses are looked up by these rules: everything may have changed. */
  useRules(rules: KnownRules): void {
    this.rules = rules;
    this.set.useRules(rules.rules);
    if (this.ready) this.told({ type: 'snapshot' });
  }

  fold(change: ImageChange): void {
    if (this.set.fold(change)) this.told({ type: 'image', ...change });
  }

  moveTo(cursor: string): void {
    this.cursor = cursor;
    this.lastCursor = cursor;
  }

  loseCursor(): void {
    this.cursor = null;
  }

  /**
   * The service looked at its log at `asOf`. One that can not repeats an old time: that confirms nothing.
   *
   * @param lag ms by which that was in the past when it was said, by the service's own clocks, one of which may have been put
   *   back since the last time; null when it did not say
   */
  confirm(asOf: string, lag: number | null): void {
    const hasJustLooked = lag !== null && Math.abs(lag) <= ROUNDING;
    if (!hasJustLooked && this.asOf !== null && Date.parse(asOf) <= Date.parse(this.asOf)) return;
    this.asOf = asOf;
    const ago = lag !== null && lag > ROUNDING ? lag : 0;
    // Nor may this machine's clock have been put back.
    this.confirmedAt = Math.max(Math.min(this.confirmedAt, Date.now()), Date.now() - ago);
  }

  /** Ms. Infinite while nothing is known. */
  age(): number {
    return this.ready ? Math.max(0, Date.now() - this.confirmedAt) : Infinity;
  }

  /** To be saved; null while nothing is known. A cursor that was refused is saved too: it is refused again. */
  get saved(): State | null {
    const { set, lastCursor: cursor, asOf, confirmedAt, rules } = this;
    return this.ready ? { set, cursor, asOf, confirmedAt, rules } : null;
  }
}
