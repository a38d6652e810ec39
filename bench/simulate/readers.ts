import type { Chance } from './chance.js';
import { honestTimes, type Picture } from './pictures.js';
import { DAY, MINUTE, type Reporter } from './reporter.js';

/** One report in seven or so comes from an account, and of those from devices three in four are their first. */
const ACCOUNT_SHARE = 0.15;
const FIRST_REPORT_SHARE = 0.75;
const ACCOUNTS = 1_500;
const VERIFIED_SHARE = 0.8;
const RETURNING_DEVICES = 4_000;
/** One reader in three comes through one of a few carriers, behind whose addresses there are thousands. */
const CARRIER_SHARE = 0.35;
const CARRIERS = { narrow: 60, wide: 4 };
const HOMES = { narrow: 30_000, wide: 600 };
const COMMENT_SHARE = 0.12;
const COMMON_SHARE = 0.3;
const COMMON_COMMENTS = [
  'fake',
  'choquant',
  'honte à vous',
  'الصورة غير صحيحة تماما وقديمة',
  'a retirer svp',
  'image choquante pour les enfants',
];

/** The readers of a site, who know nothing of each other. A few report often, most once. */
export class Readers {
  private devices = 0;
  private texts = 0;
  private readonly accounts: readonly Reporter[];
  private readonly returning: readonly Reporter[];

  constructor(private readonly chance: Chance) {
    this.accounts = Array.from({ length: ACCOUNTS }, (_, rank) => ({
      id: `account ${rank}`,
      kind: 'account' as const,
      verified: chance.is(VERIFIED_SHARE),
      knownSince: -chance.between(10 * DAY, 1_500 * DAY),
      ...this.network(),
      trustLevel: rank < ACCOUNTS / 15 ? 3 : rank < ACCOUNTS / 2 ? 2 : 1,
    }));
    this.returning = Array.from({ length: RETURNING_DEVICES }, () =>
      this.device(-chance.between(DAY, 90 * DAY)),
    );
  }

  /** Who reports at that time; a device that is new was made when its reader clicked. */
  anybody(at: number): Reporter {
    // Squared: the first in the list report most often.
    const often = this.chance.next() ** 2;
    if (this.chance.is(ACCOUNT_SHARE)) return known(this.accounts, often);
    if (this.chance.is(FIRST_REPORT_SHARE)) return this.device(at - this.chance.between(0, MINUTE));
    return known(this.returning, often);
  }

  /** What is written beside a report, if anything. */
  comment(): string | null {
    if (!this.chance.is(COMMENT_SHARE)) return null;
    this.texts += 1;
    return this.chance.is(COMMON_SHARE)
      ? (COMMON_COMMENTS[this.chance.below(COMMON_COMMENTS.length)] ?? null)
      : `comment number ${this.texts}`;
  }

  private device(knownSince: number): Reporter {
    this.devices += 1;
    const id = `device ${this.devices}`;
    return { id, kind: 'device', verified: false, knownSince, ...this.network(), trustLevel: 0 };
  }

  private network(): { narrow: string; wide: string } {
    const [prefix, { narrow, wide }] = this.chance.is(CARRIER_SHARE)
      ? (['carrier', CARRIERS] as const)
      : (['home', HOMES] as const);
    const number = this.chance.below(narrow);
    return { narrow: `${prefix} ${number}`, wide: `${prefix} ${number % wide}` };
  }
}

const known = (reporters: readonly Reporter[], place: number): Reporter => {
  const reporter = reporters[Math.floor(place * reporters.length)];
  if (reporter === undefined) throw new RangeError('There are no readers.');
  return reporter;
};

/** Whoever reports one picture of a page reports each other one of it with this chance, a minute or so later. */
const OTHERS_OF_PAGE_SHARE = 0.4;

/** All reports of readers who know nothing of each other. */
export function* honestReports(pictures: readonly Picture[], readers: Readers, chance: Chance) {
  const pages = new Map<number, Picture[]>();
  for (const picture of pictures) pages.set(picture.page, [...(pages.get(picture.page) ?? []), picture]);
  for (const picture of pictures) {
    for (const at of honestTimes(picture, chance)) {
      const reporter = readers.anybody(at);
      yield { at, picture: picture.id, reporter, comment: readers.comment() };
      for (const other of pages.get(picture.page) ?? []) {
        if (other === picture || !chance.is(OTHERS_OF_PAGE_SHARE)) continue;
        yield { at: at + chance.wait(MINUTE), picture: other.id, reporter, comment: null };
      }
    }
  }
}
