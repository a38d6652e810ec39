import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Replay } from '../core/replay.js';
import type { Fact } from '../core/replay/fact.js';
import type { PastVotes } from '../core/replay/past-votes.js';
import { fetchPastFacts } from '../database/statements/replay/read-past-facts.js';
import { fetchPastVotes } from '../database/statements/replay/read-past-votes.js';
import type { Tx } from '../database/tx.js';
import type { NumberedPast } from './numbered-past.js';

/** Rows that are fetched at once: to take them in takes a few milliseconds. */
const VOTES = 2_000;
const FACTS = 1_000;
/** Milliseconds for which nobody else gets a turn. */
const SLICE = 5;

/** What a replay under way must ask and tell. */
export interface Playing {
  /** Called between turns; throws when it is over. */
  check(): void;
  /** @param done votes that are played by now */
  progress(done: number): void;
}

/** Plays what the opened cursors give, in the order of time, a little at a time: others get their turn in between. */
export class PlayPast {
  private facts: readonly Fact[] = [];
  private nextFact = 0;
  private factsEnded = false;
  private nextVote = 0;
  private votesEnded = false;
  private coming: ReturnType<typeof fetchPastVotes>;

  constructor(
    private readonly tx: Tx,
    private readonly votes: PastVotes,
    private readonly numbered: NumberedPast,
    private readonly replay: Replay,
  ) {
    this.coming = this.fetchAhead();
  }

  async run(playing: Playing): Promise<void> {
    for (;;) {
      const lacks = this.playSlice();
      playing.progress(this.nextVote);
      if (lacks === 'nothing') return;
      if (lacks === 'facts') await this.fetchFacts();
      else if (lacks === 'votes') await this.fetchVotes();
      else await nextTurn();
      playing.check();
    }
  }

  /** Plays until something runs out, or others should have their turn. */
  private playSlice(): 'votes' | 'facts' | 'turn' | 'nothing' {
    const until = performance.now() + SLICE;
    for (;;) {
      const fact = this.facts[this.nextFact];
      if (fact === undefined && !this.factsEnded) return 'facts';
      const vote = this.nextVote;
      if (vote < this.votes.length) {
        // The last ones may have company in what is fetched next.
        const end = this.replay.endOfBatch(vote);
        if (end === this.votes.length && !this.votesEnded) return 'votes';
        if (fact !== undefined && this.replay.isBefore(fact, vote)) this.take(fact);
        else {
          this.replay.cast(vote, end);
          this.nextVote = end;
        }
      } else if (!this.votesEnded) return 'votes';
      else if (fact !== undefined) this.take(fact);
      else return 'nothing';
      if (performance.now() > until) return 'turn';
    }
  }

  private take(fact: Fact): void {
    this.nextFact += 1;
    this.replay.take(fact);
  }

  private async fetchVotes(): Promise<void> {
    const rows = await this.coming;
    this.votesEnded = rows.length === 0;
    if (!this.votesEnded) this.coming = this.fetchAhead();
    for (const { packed } of rows) this.numbered.addVote(packed);
  }

  private async fetchFacts(): Promise<void> {
    const rows = await fetchPastFacts(this.tx, FACTS);
    this.factsEnded = rows.length === 0;
    this.facts = rows.flatMap((row) => this.numbered.factOf(row) ?? []);
    this.nextFact = 0;
  }

  /** What comes next is on its way while this is played. */
  private fetchAhead(): ReturnType<typeof fetchPastVotes> {
    const coming = fetchPastVotes(this.tx, VOTES);
    // What goes wrong is told where it is awaited, or not at all where the replay ended before.
    coming.catch(() => undefined);
    return coming;
  }
}
