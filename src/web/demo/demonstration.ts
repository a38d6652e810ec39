import type { StatesAnswer } from '../../contract/publishing.js';
import type { Ask } from '../widget/service.js';
import { element } from './element.js';
import { decide, type ModeratorAction } from './moderator.js';
import { reportAsOthers } from './other-readers.js';
import { OnePhoto } from './one-photo.js';
import { type Acts, Panel } from './panel.js';
import type { PhotoActs } from './photo-box.js';
import { type Picture, pictureInView, picturesOfPage } from './picture-in-view.js';
import { Readers } from './readers.js';
import type { ShownPhoto } from './shown-photo.js';
import type { ShownRule } from './shown-rule.js';
import { Teller } from './teller.js';
import { WORDS } from './words.js';

/** Milliseconds between two looks at what the widget has stored and at the state of the picture in view. */
const LOOK = 400;
const ASK = 3_000;

/** A click is not to make more readers than this, whatever the rule asks for. */
const MOST_OTHERS = 9;

/** The panel by which one visitor is several readers, and a moderator. */
export class Demonstration implements Acts, PhotoActs {
  private readonly readers = new Readers();
  private readonly pictures = picturesOfPage();
  private readonly language = document.documentElement.lang === 'ar' ? 'ar' : 'fr';
  private readonly words = WORDS[this.language];
  private readonly photo: OnePhoto | null;
  private readonly panel: Panel;
  private readonly teller: Teller;
  /** How many report besides the visitor, so that the visitor is the one who blocks. */
  private readonly count: number;
  private readonly blocked = new Map<string, boolean>();
  private aim: Picture | undefined;
  private own = 0;
  private busy = false;

  /**
   * @param next the address of an article whose picture nobody has reported
   * @param rule in force when the page was opened
   * @param language in which the widget was asked to speak; empty: that of the page
   * @param photo which the page shows under several addresses
   */
  constructor(
    private readonly askService: Ask,
    private readonly next: string,
    rule: ShownRule,
    language: string,
    photo: ShownPhoto | null,
  ) {
    this.count = Math.min(rule.enough - 1, MOST_OTHERS);
    const say = (sentence: string): void => this.panel.say(sentence);
    this.photo = photo === null ? null : new OnePhoto(photo, this.language, this.words, this, say);
    this.panel = new Panel(this.words, this, this.count, language, this.photo?.box.root);
    this.teller = new Teller(this.words, this.readers, rule, say);
  }

  begin(): void {
    this.panel.appendTo(document.body);
    if (!Readers.canBeKept()) return this.panel.close(this.words.needsStorage);
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
    void this.whileBusy((picture) => this.reportAsOthers(picture));
  }

  decide(action: ModeratorAction): void {
    void this.whileBusy((picture) => this.moderate(picture, action));
  }

  reportPhoto(): void {
    void this.whileBusy(() => this.reportPhotoEverywhere());
  }

  swapPhoto(swapped: boolean, announced: boolean): void {
    void this.whileBusy(async () => {
      await this.photo?.swap(swapped, announced);
      document.dispatchEvent(new Event('vigie:refresh'));
    });
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
    const { key } = picture;
    await reportAsOthers(this.readers, this.askService, picture, this.count, (progress) => {
      this.own = this.countOwn();
      if (progress.kind === 'reported') this.blocked.set(key, progress.blocked);
      this.teller.progress(key, progress);
      this.show();
    });
    this.teller.afterOthers(key);
    document.dispatchEvent(new Event('vigie:refresh'));
  }

  private async reportPhotoEverywhere(): Promise<void> {
    await this.photo?.report(this.readers, this.askService, (progress) => {
      this.own = this.countOwn();
      this.teller.step(progress);
      this.show();
    });
    document.dispatchEvent(new Event('vigie:refresh'));
  }

  private async moderate({ ref, key }: Picture, action: ModeratorAction): Promise<void> {
    const answer = await decide(ref, action);
    if (!('refused' in answer)) {
      if (action === 'keep' && answer.decided) this.readers.keep(key);
      if (answer.undone === 'keep') this.readers.undoKeep(key);
      this.blocked.set(key, answer.blocked);
    }
    this.own = this.countOwn();
    this.teller.decision(key, action, answer);
    document.dispatchEvent(new Event('vigie:refresh'));
  }

  /** One thing at a time; the picture in view stays the one that it is about. */
  private async whileBusy(work: (picture: Picture) => Promise<void>): Promise<void> {
    // The page may have taken its shape since the last look.
    this.look();
    const picture = this.aim;
    if (this.busy || picture === undefined) return;
    this.busy = true;
    picture.element.scrollIntoView({ block: 'nearest' });
    this.show();
    try {
      await work(picture);
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
        void this.ask(true);
      }
      this.own = own;
    }
    this.show();
  }

  /**
   * Asks for the state of the picture in view, which others than this visitor may change.
   *
   * @param reported whether the visitor has reported it just now
   */
  private async ask(reported = false): Promise<void> {
    const { aim } = this;
    if (aim !== undefined && !this.busy && this.panel.isOpen) void this.photo?.look().catch(() => undefined);
    if (aim === undefined || this.busy || document.visibilityState === 'hidden' || !this.panel.isOpen) return;
    const question = { images: [aim.ref] };
    const answer = await this.askService<StatesAnswer>('POST', 'images/state', question).catch(() => null);
    const state = answer?.states[0];
    if (state === undefined || this.busy) return;
    this.blocked.set(aim.key, state.blocked);
    if (reported) this.teller.afterReport(aim.key, state.blocked);
    else this.teller.found(aim.key, state.blocked);
    this.show();
  }

  private countOwn(): number {
    return this.aim === undefined ? 0 : this.readers.reporters(this.aim.key).length;
  }

  private show(): void {
    const { aim, busy, own } = this;
    this.photo?.box.wait(busy);
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
