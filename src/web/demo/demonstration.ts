import type { StatesAnswer } from '../../contract/publishing.js';
import type { Ask } from '../widget/service.js';
import { element } from './element.js';
import { decide, type ModeratorAction } from './moderator.js';
import { type Progress, reportAsOthers } from './other-readers.js';
import { type Acts, Panel } from './panel.js';
import { type Picture, pictureInView, picturesOfPage } from './picture-in-view.js';
import { Readers } from './readers.js';
import { WORDS } from './words.js';

/** With the visitor, five people: as many as the demonstration's rule asks for. */
const OTHERS = 4;

/** Milliseconds between two looks at what the widget has stored and at the state of the picture in view. */
const LOOK = 400;
const ASK = 3_000;

/** The panel by which one visitor is several readers, and a moderator. */
export class Demonstration implements Acts {
  private readonly readers = new Readers();
  private readonly pictures = picturesOfPage();
  private readonly words = WORDS[document.documentElement.lang === 'ar' ? 'ar' : 'fr'];
  private readonly panel: Panel;
  private readonly blocked = new Map<string, boolean>();
  /** What a moderator has kept while this page was open: from then on it takes more people. */
  private readonly kept = new Set<string>();
  private aim: Picture | undefined;
  private own = 0;
  private busy = false;

  /**
   * @param next the address of an article whose picture nobody has reported
   * @param language in which the widget was asked to speak; empty: that of the page
   */
  constructor(
    private readonly askService: Ask,
    private readonly next: string,
    language: string,
  ) {
    this.panel = new Panel(this.words, this, language);
  }

  begin(): void {
    this.panel.appendTo(document.body);
    const look = (): void => this.look();
    for (const type of ['scroll', 'resize']) window.addEventListener(type, look, { passive: true });
    setInterval(look, LOOK);
    setInterval(() => void this.ask(), ASK);
    look();
    void this.ask();
  }

  become(reader: number): void {
    if (this.busy || reader === this.readers.current) return;
    this.readers.become(reader);
    this.own = this.countOwn();
    this.panel.say(this.words.became(reader));
    this.show();
  }

  change(): void {
    this.become(Math.max(...this.readers.all) + 1);
  }

  others(): void {
    const picture = this.aim;
    if (picture !== undefined) void this.whileBusy(picture, () => this.reportAsOthers(picture));
  }

  decide(action: ModeratorAction): void {
    const picture = this.aim;
    if (picture !== undefined) void this.whileBusy(picture, () => this.moderate(picture, action));
  }

  restart(): void {
    if (this.busy) return;
    this.readers.forget();
    this.own = 0;
    const link = element('a', { href: this.next }, this.words.next);
    this.panel.say(this.words.forgotten, link);
    this.show();
  }

  speak(language: string): void {
    const url = new URL(location.href);
    if (language === '') url.searchParams.delete('widget');
    else url.searchParams.set('widget', language);
    location.assign(url);
  }

  private async reportAsOthers(picture: Picture): Promise<void> {
    await reportAsOthers(this.readers, this.askService, picture, OTHERS, (progress) => {
      this.tell(picture, progress);
      this.show();
    });
    const { key } = picture;
    const reporters = this.readers.reporters(key);
    const enough = this.blocked.get(key) === true || this.kept.has(key) || reporters.length !== OTHERS;
    if (!enough && !reporters.includes(this.readers.current)) this.panel.say(this.words.oneMore);
    document.dispatchEvent(new Event('vigie:refresh'));
  }

  private tell({ key }: Picture, progress: Progress): void {
    const { words, panel } = this;
    switch (progress.kind) {
      case 'proves':
        return panel.say(words.proves(progress.reader));
      case 'reported':
        this.own = this.readers.reporters(key).length;
        panel.say(words.reported(progress.reader));
        return this.sayState(key, progress.blocked);
      case 'refused':
        return panel.say(
          progress.status === 429
            ? words.tooMany(Math.max(1, Math.ceil(progress.wait / 60_000)))
            : words.refused,
        );
    }
  }

  private async moderate({ ref, key }: Picture, action: ModeratorAction): Promise<void> {
    const { words, panel } = this;
    const answer = await decide(ref, action);
    if (answer === null) return panel.say(words.nothingToUndo);
    const { blocked, decided } = answer;
    this.blocked.set(key, blocked);
    switch (action) {
      case 'keep':
        if (decided) {
          this.readers.endRound(key);
          this.kept.add(key);
          this.own = this.countOwn();
        }
        panel.say(decided ? words.kept : words.nothingToKeep);
        break;
      case 'block':
        panel.say(decided ? words.blockedByModerator : words.blockedAlready);
        break;
      case 'undo':
        panel.say(words.undone(blocked));
    }
    document.dispatchEvent(new Event('vigie:refresh'));
  }

  /** One thing at a time; the picture in view stays the one that it is about. */
  private async whileBusy({ element }: Picture, work: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    element.scrollIntoView({ block: 'nearest' });
    this.show();
    try {
      await work();
    } catch {
      this.panel.say(this.words.refused);
    } finally {
      this.busy = false;
      this.look();
    }
  }

  /** What is aimed at, and whether the visitor has reported it by the widget's own button meanwhile. */
  private look(): void {
    if (this.busy) return;
    const aim = pictureInView(this.pictures);
    if (aim !== this.aim) {
      this.aim?.element.removeAttribute('data-aim');
      aim?.element.setAttribute('data-aim', '');
      this.aim = aim;
      this.own = this.countOwn();
      void this.ask();
    } else if (aim !== undefined) {
      const own = this.countOwn();
      if (own > this.own) {
        this.panel.say(this.words.reported(this.readers.current));
        void this.ask(own);
      }
      this.own = own;
    }
    this.show();
  }

  /**
   * Asks for the state of the picture in view, which others than this visitor may change.
   *
   * @param reported how many of the panel's readers have, when one has just now
   */
  private async ask(reported?: number): Promise<void> {
    const { aim } = this;
    if (aim === undefined || this.busy || document.visibilityState === 'hidden' || !this.panel.isOpen) return;
    const question = { images: [aim.ref] };
    const answer = await this.askService<StatesAnswer>('POST', 'images/state', question).catch(() => null);
    const state = answer?.states[0];
    if (state === undefined || this.busy) return;
    if (reported !== undefined) this.sayState(aim.key, state.blocked);
    this.blocked.set(aim.key, state.blocked);
    this.show();
  }

  /** After a report. */
  private sayState(key: string, blocked: boolean): void {
    const { words, panel, own } = this;
    const before = this.blocked.get(key) ?? false;
    this.blocked.set(key, blocked);
    if (blocked && before) return;
    if (blocked) panel.say(own > OTHERS ? words.blockedBy(own) : words.blockedEarly);
    else if (this.kept.has(key)) panel.say(words.notYetAfterKeep(own));
    else if (own > OTHERS) panel.say(words.notYetProtected);
    else panel.say(words.notYet(own));
  }

  private countOwn(): number {
    return this.aim === undefined ? 0 : this.readers.reporters(this.aim.key).length;
  }

  private show(): void {
    const { aim, busy, own } = this;
    this.panel.show({
      reader: this.readers.current,
      readers: this.readers.all,
      picture:
        aim === undefined
          ? null
          : { name: aim.element.alt, blocked: this.blocked.get(aim.key) ?? false, own },
      busy,
    });
  }
}
