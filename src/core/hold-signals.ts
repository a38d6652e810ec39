import type { HoldFinding, HoldSignal, SiteBaseline } from './hold-finding.js';
import type { HoldBounds, ThresholdRule } from './threshold-rule.js';
import type { VoteFacts } from './vote-facts.js';

/** A signal that fired, and on which votes. */
export interface Found {
  readonly finding: HoldFinding;
  readonly marked: ReadonlySet<VoteFacts>;
}

/** Where too few blocks were upheld to know better: so fast five readers of a middling story are. */
const USUAL_SPAN_SECONDS = 1_800;
/** A reporter is a newcomer for so many minutes. */
export const NEWCOMER_MINUTES = 60;
/** Shorter ones ("fake", "shame on you") are written alike by people who never met. In letters and digits. */
const LEAST_LETTERS = 15;
/** What decisions said of a reporter speaks of how they report now for so long, in ms. */
const RECENT = 30 * 86_400_000;

/** K votes came `holdBounds.burst` times faster than is usual where people upheld the block. */
export function burst(
  votes: readonly VoteFacts[],
  { reporters: k, holdBounds }: ThresholdRule,
  baseline: SiteBaseline | null,
): Found | null {
  const usual = baseline?.spanSeconds ?? USUAL_SPAN_SECONDS;
  const within = (usual * 1_000) / holdBounds.burst;
  const inTime = [...votes].sort((a, b) => a.castAt - b.castAt);
  const marked = new Set<VoteFacts>();
  let fastest = Infinity;
  inTime.forEach(({ castAt }, last) => {
    const first = inTime[last - k + 1];
    if (first === undefined || castAt - first.castAt > within) return;
    fastest = Math.min(fastest, castAt - first.castAt);
    for (const vote of inTime.slice(last - k + 1, last + 1)) marked.add(vote);
  });
  return fired('burst', marked, { seconds: Math.round(fastest / 1_000), usualSeconds: usual });
}

/** The share of newcomers is above what is usual on this site by `holdBounds.newcomers`. */
export function newcomers(
  votes: readonly VoteFacts[],
  { reporters: k, holdBounds }: ThresholdRule,
  baseline: SiteBaseline | null,
): Found | null {
  const usual = baseline?.newcomerShare ?? null;
  const known = votes.filter(({ ageMinutes }) => ageMinutes !== null);
  if (usual === null || known.length < k) return null;
  const marked = new Set(known.filter(({ ageMinutes }) => isNew(ageMinutes)));
  const share = marked.size / known.length;
  return share > usual + holdBounds.newcomers
    ? fired('newcomers', marked, { share, usualShare: usual })
    : null;
}

/** `holdBounds.sameComment` or more wrote the same words. */
export function sameComment(votes: readonly VoteFacts[], { sameComment: bound }: HoldBounds): Found | null {
  const groups = together(votes, bound, ({ comments }) =>
    comments.map(comparableWords).filter((words) => words !== null),
  );
  return fired('same-comment', new Set(groups.flatMap((group) => [...group])), { texts: groups.length });
}

/** What of a comment is compared with others; null: it is too short. */
export const comparableWords = (comment: string): string | null => {
  const letters = lettersOf(comment);
  return letters.length >= LEAST_LETTERS ? letters : null;
};

/** Letters and digits alone, so that a full stop or a capital makes no other comment. */
const lettersOf = (comment: string): string =>
  comment
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');

/**
 * `holdBounds.cohort` or more of these people reported another image together, which one decision dismissed or which nobody has
 * decided on; and more such images than ones for which they were right together: who keeps a site clean meets the same few again
 * and again.
 */
export function cohort(all: readonly VoteFacts[], { cohort: bound }: HoldBounds): Found | null {
  const votes = all.filter(hasPast);
  const undecided = together(votes, bound, undecidedBy);
  const dismissed = together(votes, bound, (vote) => decisionsOn(vote, false));
  const upheld = together(votes, bound, (vote) => decisionsOn(vote, true));
  const against = timesIn([...undecided, ...dismissed]);
  const inFavour = timesIn(upheld);
  const marked = votes.filter((vote) => (against.get(vote) ?? 0) > (inFavour.get(vote) ?? 0));
  return fired('cohort', new Set(marked), { undecided: undecided.length, dismissed: dismissed.length });
}

/**
 * Its reporter has `holdBounds.prolific` or more other reports that nobody has decided on or that were dismissed lately, and not
 * as many that were upheld. Most readers report one image, and the next one weeks later.
 */
export function prolific(votes: readonly VoteFacts[], { prolific: bound }: HoldBounds): Found | null {
  const marked = votes.filter(hasPast).filter((vote) => {
    const open = openReports(vote);
    return open >= bound && open > decisionsOn(vote, true).length;
  });
  // Not as arguments of one call: of those there may be some 100,000.
  const most = marked.reduce((so, vote) => Math.max(so, openReports(vote)), 0);
  return fired('prolific', new Set(marked), { reports: most });
}

/**
 * Does what a reporter did before say something of this vote? Not of a device that is new: whoever reports a whole page of
 * pictures for the first time is one of many who do the same, and whoever means harm throws the device away.
 */
const hasPast = ({ kind, ageMinutes }: VoteFacts): boolean => kind !== 'device' || !isNew(ageMinutes);

const isNew = (ageMinutes: number | null): boolean => (ageMinutes ?? 0) < NEWCOMER_MINUTES;

/** Other reports of its reporter that nobody has decided on, or that were dismissed lately. */
const openReports = (vote: VoteFacts): number => undecidedBy(vote).length + decisionsOn(vote, false).length;

/**
 * Images that its reporter voted on elsewhere and that nobody has decided on. Of an account that the site names with its secret key
 * none: the site answers for whom it names, and a back end that reports for the same few people has them meet all day.
 */
const undecidedBy = ({ kind, undecided }: VoteFacts): readonly string[] =>
  kind === 'named' ? NOTHING : undecided;
const NOTHING: readonly string[] = [];

/** Decisions on other votes of its reporter that were lately dismissed, or upheld. */
const decisionsOn = ({ verdicts, castAt }: VoteFacts, valid: boolean): readonly string[] =>
  verdicts
    .filter((verdict) => verdict.valid === valid && castAt - verdict.at < RECENT)
    .map(({ decision }) => decision);

/** In how many of these groups each vote is. */
function timesIn(groups: readonly ReadonlySet<VoteFacts>[]): ReadonlyMap<VoteFacts, number> {
  const times = new Map<VoteFacts, number>();
  for (const group of groups) for (const vote of group) times.set(vote, (times.get(vote) ?? 0) + 1);
  return times;
}

/** The votes that have a thing in common, for each thing that so many have. */
function together(
  votes: readonly VoteFacts[],
  bound: number,
  thingsOf: (vote: VoteFacts) => readonly string[],
): readonly ReadonlySet<VoteFacts>[] {
  const having = new Map<string, Set<VoteFacts>>();
  for (const vote of votes) {
    for (const thing of thingsOf(vote)) having.set(thing, (having.get(thing) ?? new Set()).add(vote));
  }
  return [...having.values()].filter(({ size }) => size >= bound);
}

const fired = (
  signal: HoldSignal,
  marked: ReadonlySet<VoteFacts>,
  figures: Readonly<Record<string, number>>,
): Found | null => (marked.size === 0 ? null : { finding: { signal, votes: marked.size, figures }, marked });
