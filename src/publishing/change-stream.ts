import type { ServerResponse } from 'node:http';
import { VigieError } from '../core/errors.js';
import type { SeenChange } from '../visibility/seen-change.js';
import type { ChangeCursors, FeedPlace } from './change-cursor.js';
import { drained } from './drained.js';
import type { ReadChanges } from './read-changes.js';
import { changeLines } from './told-change.js';

/** Changes that are looked up at once. */
const PAGE = 100;
/** What an EventSource waits before it comes back, in ms. */
const RETRY = 2_000;
/** How long an ended stream may wait for its reader to take the last words, in ms. */
const GOODBYE = 1_000;

/** One reader's Server-Sent Events: at their pace, so that one change and no more waits for them in memory. */
export class ChangeStream {
  private rung = false;
  private flowing = false;
  private told = 0;

  constructor(
    private readonly raw: ServerResponse,
    private place: FeedPlace,
    private readonly reading: ReadChanges,
    private readonly cursors: ChangeCursors,
    /** Milliseconds in which a reader must take a change. */
    private readonly patience: number,
  ) {}

  /** Says how fresh it is and where it begins, so that even a reader who sees no change can resume. */
  begin(): void {
    this.raw.write(`retry: ${RETRY}\n`);
    this.ring();
  }

  /** Sends what there is after the place, one page after the other. Called at every change; never throws. */
  ring(): void {
    this.rung = true;
    if (this.flowing) return;
    this.flowing = true;
    void this.flow()
      // What can't be read now is read after the reader has come back: an end is a clear sign.
      .catch((error: unknown) =>
        this.end(error instanceof VigieError ? error.detail : 'Something went wrong here.'),
      )
      .finally(() => {
        this.flowing = false;
        if (this.rung && !this.isOver) this.ring();
        else if (this.told === 0) this.beat();
      });
  }

  /** Tells how fresh it is, if that is news, and the place reached: a comment and an id, which no reader takes for a change. */
  beat(): void {
    if (this.raw.writableNeedDrain) this.dropUnlessTaken(this.patience);
    const asOf = this.reading.asOf;
    // Who has not been told everything yet is not told how fresh that is.
    if (asOf.getTime() === this.told || this.flowing || this.raw.writableNeedDrain || this.isOver) return;
    this.told = asOf.getTime();
    this.raw.write(`: asOf ${asOf.toISOString()}\nid: ${this.cursors.seal(this.place)}\n\n`);
    // Where nothing happens the place moves on all the same, so that it stays near the end of the log.
    this.ring();
  }

  /** @param why told as a comment */
  end(why: string): void {
    if (this.isOver) return;
    this.raw.end(`: ${why}\n\n`);
    this.dropUnlessTaken(GOODBYE);
  }

  /** A reader who takes nothing is dropped after so many ms: also where no change comes that would wait for them. */
  private dropUnlessTaken(milliseconds: number): void {
    if (!this.raw.writableNeedDrain) return;
    void drained(this.raw, milliseconds).then((taken) => taken || this.raw.destroy());
  }

  /** False when the reader is gone, or too slow. Who heard only the first lines of a change hears it again, from its start. */
  private async tell(change: SeenChange, place: FeedPlace): Promise<boolean> {
    let untold: string | undefined;
    for (const line of changeLines(change)) {
      if (untold !== undefined && !(await this.write(this.place, untold))) return false;
      untold = line;
    }
    return untold === undefined || this.write(place, untold);
  }

  /** @param place reached with these words */
  private async write(place: FeedPlace, data: string): Promise<boolean> {
    if (!(await drained(this.raw, this.patience))) return false;
    this.place = place;
    this.raw.write(`id: ${this.cursors.seal(place)}\ndata: ${data}\n\n`);
    return true;
  }

  private get isOver(): boolean {
    return this.raw.writableEnded || this.raw.destroyed;
  }

  private async flow(): Promise<void> {
    while (this.rung && !this.isOver) {
      this.rung = false;
      const { changes, more, place } = await this.reading.page(this.place, PAGE);
      for (const change of changes) {
        if (!(await this.tell(change, { ...place, seq: change.seq }))) return void this.raw.destroy();
      }
      this.place = place;
      if (more) this.rung = true;
    }
  }
}
