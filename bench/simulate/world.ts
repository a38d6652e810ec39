import { Chance } from './chance.js';
import type { Contender, Decision } from './contender.js';
import { decisionOn, LOOKING, looks, PICTURES_PER_LOOK } from './moderators.js';
import { Outcome } from './outcome.js';
import { type Picture, publishedIn } from './pictures.js';
import { honestReports, Readers } from './readers.js';
import { DAY, type Reporter } from './reporter.js';
import { Timeline } from './timeline.js';

/** Plans what attackers do. */
export type Attack = (world: World, chance: Chance) => void;

export interface Site {
  /** Whatever has the same name is the same for every rule. */
  readonly name: string;
  readonly days: number;
  /** Pictures on one page: whoever reports one may report others of it. */
  readonly perPage: number;
}

/** One site, its readers, its moderators and whoever attacks it, under one rule. */
export class World {
  readonly timeline = new Timeline();
  readonly pictures: readonly Picture[];
  private readonly outcomes: readonly Outcome[];
  private readonly listeners: ((picture: number, decision: Decision) => void)[] = [];
  private readonly chance: Chance;

  constructor(
    private readonly site: Site,
    private readonly contender: Contender,
  ) {
    this.chance = new Chance(site.name);
    this.pictures = publishedIn(site.days, site.perPage, this.chance.of('pictures'));
    this.outcomes = this.pictures.map((picture) => new Outcome(picture));
  }

  /** Lets all of it happen; what became of each picture. */
  run(attack: Attack): readonly Outcome[] {
    const readers = new Readers(this.chance.of('readers'));
    for (const { at, picture, reporter, comment } of honestReports(
      this.pictures,
      readers,
      this.chance.of('reports'),
    )) {
      this.timeline.plan(at, () => this.report(picture, reporter, comment, true));
    }
    for (const at of looks(this.site.days)) this.timeline.plan(at, () => this.look());
    attack(this, this.chance.of('attack'));
    this.timeline.runUntil(this.site.days * DAY);
    for (const outcome of this.outcomes) outcome.ends(this.timeline.now);
    return this.outcomes;
  }

  /** Plans a report that somebody agreed on. */
  planReport(at: number, picture: number, reporter: Reporter, comment: string | null = null): void {
    this.timeline.plan(at, () => this.report(picture, reporter, comment, false));
  }

  onDecision(listener: (picture: number, decision: Decision) => void): void {
    this.listeners.push(listener);
  }

  isHidden(picture: number): boolean {
    return this.contender.standingOf(picture) === 'hidden';
  }

  outcomeOf(picture: number): Outcome {
    const outcome = this.outcomes[picture];
    if (outcome === undefined) throw new RangeError(`There is no picture ${picture}.`);
    return outcome;
  }

  /** Nobody reports what is hidden: it can not be seen. */
  private report(picture: number, reporter: Reporter, comment: string | null, honest: boolean): void {
    if (this.isHidden(picture)) return;
    const { now } = this.timeline;
    const outcome = this.outcomeOf(picture);
    if (honest) outcome.reported(now);
    this.contender.report({ picture, reporter, comment }, now);
    outcome.stands(this.contender.standingOf(picture), now);
  }

  /** Moderators take what is on top, one after the other. */
  private look(): void {
    this.contender
      .waiting()
      .slice(0, PICTURES_PER_LOOK)
      .forEach((picture, place) =>
        this.timeline.plan(this.timeline.now + (place + 1) * LOOKING, () => this.decide(picture)),
      );
  }

  private decide(picture: number): void {
    const outcome = this.outcomeOf(picture);
    const decision = decisionOn(outcome.picture, this.chance.of(`decision ${picture} ${outcome.decisions}`));
    this.contender.decide(picture, decision, this.timeline.now);
    outcome.decided(this.timeline.now);
    for (const listener of this.listeners) listener(picture, decision);
  }
}
