import type { Contender, Decision, Standing } from './contender.js';
import type { Report, Reporter } from './reporter.js';

/** `Reviewable.typical_sensitivity`, which `hide_post_sensitivity` "low", the default, multiplies by 1. */
const HIDDEN_AT = 12.5;
/** Up to so many decided flags say nothing of a person. */
const LEAST_FLAGS = 5;
/** So large a share must have been right for a bonus; who was right less often loses by it. */
const ACCURATE = 0.7;

interface Scored {
  readonly flagged: Map<string, Reporter>;
  /** Flags that nobody has decided on yet. */
  readonly pending: Set<string>;
  score: number;
  standing: Standing;
}

/**
 * Discourse's published formula: a flag scores 1 + trust level + accuracy bonus, and at 12.5 the post is hidden. After
 * discourse/discourse, app/models/reviewable_score.rb (`user_flag_score`, `calc_user_accuracy_bonus`) and reviewable.rb
 * (`typical_sensitivity`, `sensitivity_score_value`); in words at https://meta.discourse.org/t/123464. Once a flag was decided
 * on, its score no longer counts.
 *
 * Kinder to it than it is: who has no account can not flag there at all. Here a device is a member of trust level 0.
 */
export class Discourse implements Contender {
  private readonly pictures = new Map<number, Scored>();
  private readonly records = new Map<string, { agreed: number; disagreed: number }>();

  report({ picture, reporter }: Report): void {
    const scored = this.pictures.get(picture) ?? newlyScored();
    this.pictures.set(picture, scored);
    if (scored.flagged.has(reporter.id)) return;
    scored.flagged.set(reporter.id, reporter);
    scored.pending.add(reporter.id);
    scored.score += Math.max(0, 1 + reporter.trustLevel + this.accuracyBonus(reporter));
    if (scored.score >= HIDDEN_AT) scored.standing = 'hidden';
  }

  decide(picture: number, { action, reports }: Decision): void {
    const scored = this.pictures.get(picture);
    if (scored === undefined) return;
    scored.standing = action === 'block' ? 'hidden' : 'shown';
    for (const id of reports === 'ignore' ? [] : scored.pending) {
      const record = this.records.get(id) ?? { agreed: 0, disagreed: 0 };
      if (reports === 'valid') record.agreed += 1;
      else record.disagreed += 1;
      this.records.set(id, record);
    }
    scored.pending.clear();
    scored.score = 0;
  }

  standingOf(picture: number): Standing {
    return this.pictures.get(picture)?.standing ?? 'shown';
  }

  waiting(): readonly number[] {
    return [...this.pictures]
      .filter(([, { pending }]) => pending.size > 0)
      .sort(([, a], [, b]) => b.score - a.score)
      .map(([picture]) => picture);
  }

  /** The distance from 70 % right, of what there could be on that side, times five per fourfold number of flags. */
  private accuracyBonus({ id }: Reporter): number {
    const { agreed, disagreed } = this.records.get(id) ?? { agreed: 0, disagreed: 0 };
    const total = agreed + disagreed;
    if (total <= LEAST_FLAGS) return 0;
    const right = agreed / total;
    const distance = right >= ACCURATE ? (right - ACCURATE) / (1 - ACCURATE) : (right - ACCURATE) / ACCURATE;
    return distance * 5 * (Math.log(total) / Math.log(4));
  }
}

const newlyScored = (): Scored => ({ flagged: new Map(), pending: new Set(), score: 0, standing: 'shown' });
