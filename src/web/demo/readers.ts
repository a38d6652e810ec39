import type { OwnReport } from '../widget/own-reports.js';

/** What the widget stores begins so (docs/widget.md). */
const WIDGETS = 'vigie:';

/** What stays while readers change. */
const OURS = 'demo:readers';

/** Never there for longer than a moment. */
const TRIAL = 'demo:trial';

/** One reader's entries of the widget, by name. */
type Entries = Readonly<Record<string, string>>;

interface Stored {
  /** The number of the reader whose entries are in place. */
  readonly current: number;
  /** The entries of all others, by number. */
  readonly away: Readonly<Record<string, Entries>>;
  /** By image: the readers whose reports ended with a moderator's keep, and whether that still stands. */
  readonly ended: Readonly<Record<string, { readonly reporters: readonly number[]; readonly kept: boolean }>>;
}

const NOBODY: Stored = { current: 1, away: {}, ended: {} };

/**
 * The readers of this browser. To the widget, and so to the service, a reader is what the widget has stored; of these
 * sets one is in place and the others are kept aside.
 */
export class Readers {
  get current(): number {
    return this.read().current;
  }

  /** Whether this browser lets the page store anything. */
  static canBeKept(): boolean {
    try {
      localStorage.setItem(TRIAL, '');
      localStorage.removeItem(TRIAL);
      return true;
    } catch {
      return false;
    }
  }

  /** All numbers in order. */
  get all(): readonly number[] {
    const { current, away } = this.read();
    return [current, ...Object.keys(away).map(Number)].sort((a, b) => a - b);
  }

  /** Puts another reader's entries in place; one who was not there before has none. */
  become(number: number): void {
    const { current, away, ended } = this.read();
    if (number === current) return;
    const mine = takeEntries();
    const { [number]: theirs = {}, ...others } = away;
    for (const [name, value] of Object.entries(theirs)) localStorage.setItem(name, value);
    this.write({ current: number, away: { ...others, [current]: mine }, ended });
    document.dispatchEvent(new Event('vigie:refresh'));
  }

  /** The lowest number of a reader who has not reported the image and is none of these. */
  fresh(image: string, not: readonly number[]): number {
    const reported = this.whoReported(image);
    for (let number = 1; ; number += 1) {
      if (!reported.includes(number) && !not.includes(number)) return number;
    }
  }

  /** The readers who have reported an image since a moderator last kept it. */
  reporters(image: string): readonly number[] {
    const ended = this.read().ended[image]?.reporters ?? [];
    return this.whoReported(image).filter((number) => !ended.includes(number));
  }

  /** Whether a moderator has kept the image, so that it takes more people to block it again. */
  isKept(image: string): boolean {
    return this.read().ended[image]?.kept ?? false;
  }

  /** A moderator keeps the image: what was said before counts no more, even if the keep is undone. */
  keep(image: string): void {
    this.end(image, { reporters: this.whoReported(image), kept: true });
  }

  undoKeep(image: string): void {
    this.end(image, { reporters: this.read().ended[image]?.reporters ?? [], kept: false });
  }

  /** Forgets them all. */
  forget(): void {
    takeEntries();
    localStorage.removeItem(OURS);
    document.dispatchEvent(new Event('vigie:refresh'));
  }

  private end(image: string, ended: Stored['ended'][string]): void {
    const stored = this.read();
    this.write({ ...stored, ended: { ...stored.ended, [image]: ended } });
  }

  private whoReported(image: string): readonly number[] {
    const { current, away } = this.read();
    return this.all.filter((number) =>
      reportedBy(number === current ? localStorage.getItem(REPORTS) : away[number]?.[REPORTS], image),
    );
  }

  private read(): Stored {
    try {
      return { ...NOBODY, ...(JSON.parse(localStorage.getItem(OURS) ?? '{}') as Partial<Stored>) };
    } catch {
      return NOBODY;
    }
  }

  private write(stored: Stored): void {
    localStorage.setItem(OURS, JSON.stringify(stored));
  }
}

const REPORTS = `${WIDGETS}reports`;

/** Whether the widget has stored a report on the image that the service took. */
function reportedBy(reports: string | null | undefined, image: string): boolean {
  try {
    const list = JSON.parse(reports ?? '[]') as readonly OwnReport[];
    return list.some((report) => report.image === image && report.receipt !== undefined);
  } catch {
    return false;
  }
}

/** Removes all of the widget's entries. */
function takeEntries(): Entries {
  const names = Array.from({ length: localStorage.length }, (_, index) => localStorage.key(index) ?? '');
  const entries: Record<string, string> = {};
  for (const name of names) {
    if (!name.startsWith(WIDGETS)) continue;
    entries[name] = localStorage.getItem(name) ?? '';
    localStorage.removeItem(name);
  }
  return entries;
}
