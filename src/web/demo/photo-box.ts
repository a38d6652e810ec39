import { button, element } from './element.js';
import type { PhotoWords } from './photo-words.js';
import type { Kin, PhotoNow, ShownPhoto } from './shown-photo.js';
import type { Words } from './words.js';

/** What can be done with the one photo. */
export interface PhotoActs {
  reportPhoto(): void;
  swapPhoto(swapped: boolean, announced: boolean): void;
}

interface Line {
  readonly path: string;
  readonly state: HTMLElement;
  /** Why Vigie takes this address for the same image, or not. */
  readonly why: HTMLElement;
  readonly kin: Kin;
}

/** The part of the panel that shows one photo under its addresses. It only shows, and says what was pressed. */
export class PhotoBox {
  readonly root: HTMLElement;
  private readonly lines: Line[] = [];
  private readonly summary = element('p', { class: 'own' });
  /** What came of a swap, beside its button: the log may be out of sight there. */
  private readonly said = element('p', { class: 'said', role: 'status' });
  private readonly announced = element('input', { type: 'checkbox' });
  private readonly report: HTMLButtonElement;
  private readonly swap: HTMLButtonElement;
  private isSwapped = false;

  constructor(
    private readonly words: PhotoWords,
    private readonly panel: Pick<Words, 'visible' | 'blocked'>,
    private readonly photo: ShownPhoto,
    acts: PhotoActs,
  ) {
    this.report = button(words.report, () => acts.reportPhoto(), 'main');
    this.swap = button(words.swap, () => acts.swapPhoto(!this.isSwapped, this.announced.checked));
    const list = element('ul', { class: 'addresses' });
    for (const { path, kin } of photo.addresses) {
      const state = element('strong', { class: 'state' });
      const why = element('p');
      this.lines.push({ path, state, why, kin });
      const line = element('li', {}, element('code', { dir: 'ltr' }, path), ' ', state);
      line.append(why);
      if (path === photo.swappable) {
        const announce = element('label', {}, this.announced, ' ', words.announced);
        line.append(element('div', { class: 'row' }, this.swap, announce), this.said);
      }
      list.append(line);
    }
    const title = element('h3', { id: 'panel-photo' }, words.title);
    const attributes = { class: 'photo', 'aria-labelledby': 'panel-photo' };
    this.root = element('section', attributes, title, this.report, this.summary, list);
  }

  /** @param same the addresses that are one image */
  show({ addresses, swapped }: PhotoNow, same: PhotoNow['addresses']): void {
    this.isSwapped = swapped;
    this.swap.textContent = swapped ? this.words.restore : this.words.swap;
    for (const { path, state, why, kin } of this.lines) {
      why.textContent = swapped && path === this.photo.swappable ? this.words.other : this.words.kin[kin];
      const blocked = addresses.find((address) => address.path === path)?.blocked ?? false;
      state.textContent = blocked ? this.panel.blocked : this.panel.visible;
      state.dataset['blocked'] = String(blocked);
    }
    this.summary.textContent = this.words.summary(...countsOf(same));
  }

  tell(sentence: string): void {
    this.said.textContent = sentence;
  }

  wait(busy: boolean): void {
    for (const each of [this.report, this.swap]) each.setAttribute('aria-disabled', String(busy));
  }
}

/** Of the addresses that somebody has reported: how many they are, how many images, and how many cases await a moderator. */
function countsOf(addresses: PhotoNow['addresses']): readonly [known: number, images: number, cases: number] {
  const known = addresses.filter(({ image }) => image !== null);
  const images = new Set(known.map(({ image }) => image));
  const cases = new Set(known.filter(({ awaits }) => awaits).map(({ image }) => image));
  return [known.length, images.size, cases.size];
}
