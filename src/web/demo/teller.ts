import type { ModeratorAction, ModeratorAnswer, Refused } from './moderator.js';
import type { Progress } from './other-readers.js';
import type { Readers } from './readers.js';
import type { ShownRule } from './shown-rule.js';
import type { Words } from './words.js';

/** Says in sentences what happened to a picture, each thing once. */
export class Teller {
  /** Whether the visitor has been told, or has found, that a picture is blocked. */
  private readonly told = new Map<string, boolean>();

  constructor(
    private readonly words: Words,
    private readonly readers: Readers,
    private readonly rule: ShownRule,
    private readonly say: (sentence: string) => void,
  ) {}

  /** What a visitor finds needs no sentence. */
  found(image: string, blocked: boolean): void {
    if (!this.told.has(image)) this.told.set(image, blocked);
  }

  progress(image: string, progress: Progress): void {
    this.step(progress);
    if (progress.kind === 'reported') this.afterReport(image, progress.blocked);
  }

  /** What a reader does, whatever comes of it. */
  step(progress: Progress): void {
    const { words } = this;
    switch (progress.kind) {
      case 'proves':
        return this.say(words.proves(progress.reader));
      case 'reported':
        return this.say(words.reported(progress.reader));
      case 'refused':
        return this.say(
          progress.status === 429
            ? words.tooMany(Math.max(1, Math.ceil(progress.wait / 60_000)))
            : words.refused,
        );
    }
  }

  /** @param blocked after the report */
  afterReport(image: string, blocked: boolean): void {
    const { words, rule } = this;
    const known = this.told.get(image) ?? false;
    this.told.set(image, blocked);
    if (blocked && known) return;
    const own = this.readers.reporters(image).length;
    if (blocked) this.say(own >= rule.enough ? words.blockedBy(own) : words.blockedEarly);
    else if (!rule.automatic) this.say(words.notAutomatic);
    else if (this.readers.isKept(image) && own < rule.enoughAfterKeep)
      this.say(words.notYetAfterKeep(own, rule.enoughAfterKeep));
    else this.say(own >= rule.enough ? words.notYetProtected : words.notYet(own));
  }

  /** Where the visitor's own report would now block the picture. */
  afterOthers(image: string): void {
    const reporters = this.readers.reporters(image);
    const { automatic, enough } = this.rule;
    const isTheirs =
      automatic && reporters.length === enough - 1 && !reporters.includes(this.readers.current);
    if (isTheirs && this.told.get(image) !== true && !this.readers.isKept(image))
      this.say(this.words.oneMore);
  }

  decision(image: string, action: ModeratorAction, answer: ModeratorAnswer | Refused): void {
    const { words } = this;
    if ('refused' in answer) return this.say(this.whyNot(answer));
    const { blocked, decided } = answer;
    this.told.set(image, blocked);
    switch (action) {
      case 'keep':
        return this.say(decided ? this.keptSentence() : words.nothingToKeep);
      case 'block':
        return this.say(decided ? words.blockedByModerator : words.blockedAlready);
      case 'undo':
        return this.say(words.undone(blocked));
    }
  }

  private keptSentence(): string {
    const { automatic, enoughAfterKeep, keepHours } = this.rule;
    const { kept, afterKeep } = this.words;
    return automatic && keepHours > 0 ? `${kept} ${afterKeep(enoughAfterKeep, keepHours)}` : kept;
  }

  private whyNot({ refused }: Refused): string {
    const { words } = this;
    switch (refused) {
      case 'nothing-to-undo':
        return words.nothingToUndo;
      case 'answered-since':
        return words.answeredSince;
      case 'no-administrator':
        return words.noAdministrator;
      case 'not-from-here':
        return words.notFromHere;
      case 'failed':
        return words.refused;
    }
  }
}
