import type { Ask } from '../widget/service.js';
import { reportEverywhere, type Progress } from './other-readers.js';
import { PhotoBox, type PhotoActs } from './photo-box.js';
import { PHOTO_WORDS, type PhotoWords } from './photo-words.js';
import type { Readers } from './readers.js';
import type { PhotoNow, ShownPhoto } from './shown-photo.js';
import type { Words } from './words.js';

/** Milliseconds between two looks at what came of a click, and until that is given up. */
const LOOK = 400;
const PATIENCE = 15_000;

/** The photo of many addresses: its readers, the newsroom that swaps it, and what the service makes of both. */
export class OnePhoto {
  readonly box: PhotoBox;
  private readonly words: PhotoWords;
  /** The addresses that become one image: all but those that only look the same. */
  private readonly same: ShownPhoto['addresses'];
  private swaps = 0;

  constructor(
    private readonly photo: ShownPhoto,
    language: 'fr' | 'ar',
    panel: Words,
    acts: PhotoActs,
    private readonly say: (sentence: string) => void,
  ) {
    this.words = PHOTO_WORDS[language];
    this.box = new PhotoBox(this.words, panel, photo, acts);
    this.same = photo.addresses.filter(({ kin }) => kin !== 're-encoded');
  }

  /** Shows what the service knows now. @throws TypeError without an answer */
  async look(): Promise<PhotoNow> {
    const answer = await fetch('/demo/photo');
    if (!answer.ok) throw new TypeError(`The service answers ${answer.status}.`);
    return this.shown((await answer.json()) as PhotoNow);
  }

  /** Two readers on each article, each under another address. */
  async report(readers: Readers, ask: Ask, tell: (progress: Progress) => void): Promise<void> {
    const shown = this.same.map(({ path, article }) => ({
      url: new URL(path, location.origin).href,
      article,
    }));
    await reportEverywhere(readers, ask, shown, tell);
    const isOne = await this.until(({ addresses }) => this.ofSame(addresses).every(({ blocked }) => blocked));
    this.say(isOne === null ? this.words.notYet : this.words.everywhere);
  }

  /** The newsroom puts another photo at one address, or the old one back. */
  async swap(swapped: boolean, announced: boolean): Promise<void> {
    const before = this.atSwappable(await this.look());
    const answer = await fetch('/demo/photo', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ swapped, announced }),
    });
    if (!answer.ok) throw new TypeError(`The service answers ${answer.status}.`);
    this.shown((await answer.json()) as PhotoNow);
    this.box.tell(swapped ? this.words.swapped(announced) : this.words.restored(announced));
    this.reload();
    if (before?.image == null) return this.box.tell(this.words.unknown);
    const seen = await this.until((now) => now.seen);
    this.box.tell(
      seen === null ? this.words.late : this.outcome(swapped, before.blocked, this.atSwappable(seen)),
    );
  }

  private outcome(
    swapped: boolean,
    wasBlocked: boolean,
    now: { readonly blocked: boolean } | undefined,
  ): string {
    const { words } = this;
    if (!swapped) return now?.blocked === true ? words.back : words.nothingBlocked;
    if (!wasBlocked) return words.nothingBlocked;
    return now?.blocked === true ? words.held : words.freed;
  }

  /** What the service knows once that holds; null when it does not in time. */
  private async until(holds: (now: PhotoNow) => boolean): Promise<PhotoNow | null> {
    for (const end = Date.now() + PATIENCE; Date.now() < end;) {
      const now = await this.look();
      if (holds(now)) return now;
      await new Promise((resolve) => setTimeout(resolve, LOOK));
    }
    return null;
  }

  private shown(now: PhotoNow): PhotoNow {
    this.box.show(now, this.ofSame(now.addresses));
    return now;
  }

  private ofSame(addresses: PhotoNow['addresses']): PhotoNow['addresses'][number][] {
    return addresses.filter(({ path }) => this.same.some((each) => each.path === path));
  }

  private atSwappable({ addresses }: PhotoNow): PhotoNow['addresses'][number] | undefined {
    return addresses.find(({ path }) => path === this.photo.swappable);
  }

  /** A page shows an image that it has already; under another tracking parameter, which no rule counts, it is loaded anew. */
  private reload(): void {
    this.swaps += 1;
    for (const image of document.querySelectorAll<HTMLImageElement>(`img[src^="${this.photo.swappable}"]`))
      image.src = `${this.photo.swappable}?utm_content=${this.swaps}`;
  }
}
