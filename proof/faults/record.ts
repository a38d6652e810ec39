import type { Site } from './sites.js';

/** What was said of a vote. `unknown`: something was asked of it that may have been done, or not. */
export interface ReportRecord {
  readonly site: Site;
  /** Nowhere but in this process: an account, or a device by its number. */
  readonly reporter: string;
  /** As it was reported: an address, or an id of the site. */
  readonly image: string;
  readonly reasons: Set<string>;
  readonly comments: Set<string>;
  state: 'stands' | 'withdrawn' | 'unknown';
}

export interface DecisionRecord {
  readonly site: Site;
  readonly case: string;
  readonly version: number;
  readonly action: string;
  readonly policy: string | null;
  readonly note: string;
  undone: boolean | 'unknown';
}

/** What a publisher was told last; undefined while nobody knows what became of their last wish. */
export interface PublishedRecord {
  readonly site: Site;
  /** The reason of their block, null for none. */
  block: string | null | undefined;
  protected: boolean | undefined;
}

export interface BoundRecord {
  readonly site: Site;
  /** Undefined while nobody knows. */
  id: string | undefined;
}

export interface SessionRecord {
  readonly site: Site;
  readonly email: string;
  readonly csrfToken: string;
  /** `unknown`: it was to end, and nobody said whether it did. */
  state: 'open' | 'ended' | 'unknown';
}

/** A picture that was reported at an address. */
export interface PictureRecord {
  readonly site: Site;
  readonly url: string;
  /** What is drawn there: of one name the same bytes. */
  readonly drawing: string;
  /** The site's own, null for none. */
  readonly id: string | null;
}

/** What somebody was told is done, what may have been, and what must be nowhere. */
export class Acknowledged {
  /** By receipt. */
  readonly reports = new Map<string, ReportRecord>();
  /** Reporters who asked for a vote on an image at all, by `imageOf`: nobody else may have one. */
  readonly reporters = new Map<string, Set<string>>();
  /** By public id. */
  readonly decisions = new Map<string, DecisionRecord>();
  /** Notes of all decisions that somebody asked for, each of its own. */
  readonly notes = new Set<string>();
  /** By `imageOf`. */
  readonly published = new Map<string, PublishedRecord>();
  /** By `imageOf`, of the address. */
  readonly bound = new Map<string, BoundRecord>();
  /** By `imageOf`, of the address. */
  readonly pictures = new Map<string, PictureRecord>();
  /** By cookie: `name=value`. */
  readonly sessions = new Map<string, SessionRecord>();
  /** What staff were told last that their password is, by e-mail address. */
  readonly passwords = new Map<string, string>();
  /** Tokens of devices and of readers, which are stored nowhere. */
  readonly tokens = new Set<string>();
  /** Sentences. */
  readonly violations: string[] = [];
  count = 0;

  /** Notes that somebody asks for a vote. */
  asks(site: Site, image: string, reporter: string): void {
    const name = imageOf(site, image);
    const known = this.reporters.get(name) ?? new Set();
    this.reporters.set(name, known.add(reporter));
  }
}

export const imageOf = ({ slug }: Site, image: string): string => `${slug} ${image}`;

/** What all accounts and addresses of readers have in them, so that a search finds each of them. */
export const RAW_ACCOUNT = 'raw-account';
/** Of RFC 6598: no address of any machine of this run. */
export const RAW_ADDRESS = '100.117';
