import type { Contender, Decision, Standing } from './contender.js';
import type { Report } from './reporter.js';

/** Hides at so many different people: the default of ours, so that the difference is the rest. */
const ENOUGH = 5;

interface Counted {
  /** Everybody is heard once for each picture; a keep begins the count anew. */
  readonly heard: Set<string>;
  count: number;
  standing: Standing;
  isWaiting: boolean;
}

/** What one writes first: count the people, and nothing else. */
export class PlainCount implements Contender {
  private readonly pictures = new Map<number, Counted>();

  report({ picture, reporter }: Report): void {
    const counted = this.pictures.get(picture) ?? newlyCounted();
    this.pictures.set(picture, counted);
    if (counted.heard.has(reporter.id)) return;
    counted.heard.add(reporter.id);
    counted.count += 1;
    if (counted.count >= ENOUGH) counted.standing = 'hidden';
    counted.isWaiting = true;
  }

  decide(picture: number, { action }: Decision): void {
    const counted = this.pictures.get(picture);
    if (counted === undefined) return;
    counted.standing = action === 'block' ? 'hidden' : 'shown';
    counted.isWaiting = false;
    counted.count = 0;
  }

  standingOf(picture: number): Standing {
    return this.pictures.get(picture)?.standing ?? 'shown';
  }

  waiting(): readonly number[] {
    return [...this.pictures]
      .filter(([, { isWaiting }]) => isWaiting)
      .sort(([, a], [, b]) => b.count - a.count)
      .map(([picture]) => picture);
  }
}

const newlyCounted = (): Counted => ({ heard: new Set(), count: 0, standing: 'shown', isWaiting: false });
