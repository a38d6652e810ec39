import { button, element } from './element.js';
import type { Words } from './words.js';

/** What can be done in the panel. */
export interface Acts {
  become(reader: number): void;
  change(): void;
  others(): void;
  decide(action: 'keep' | 'block' | 'undo'): void;
  restart(): void;
  speak(language: string): void;
}

/** What the panel shows. */
export interface Shown {
  readonly reader: number;
  readonly readers: readonly number[];
  /** What the picture shows, in words: a blocked one is not shown in small either. Null: the page has no picture. */
  readonly picture: { readonly name: string; readonly blocked: boolean; readonly own: number } | null;
  readonly busy: boolean;
}

/** The widget's languages, each in its own. */
const LANGUAGES = { fr: 'Français', ar: 'العربية', es: 'Español', en: 'English' } as const;

/** The lines of the log that stay. */
const MOST_LINES = 40;

/** The panel at the end of the page. It only shows, and says what was pressed. */
export class Panel {
  private readonly you = element('p', { class: 'you' });
  private readonly readers = element('div', { class: 'readers', role: 'group' });
  private readonly name = element('span', { class: 'name' });
  private readonly state = element('strong', { class: 'state' });
  private readonly own = element('p', { class: 'own' });
  private readonly log = element('div', { class: 'log', role: 'log', tabindex: '0' });
  private readonly summary = element('span', { class: 'who' });
  private readonly buttons: readonly HTMLButtonElement[];
  private readonly root: HTMLDetailsElement;

  constructor(
    private readonly words: Words,
    private readonly acts: Acts,
    othersCount: number,
    language: string,
    photo?: HTMLElement,
  ) {
    const change = button(words.change, () => acts.change(), 'main');
    const others = button(words.others(othersCount), () => acts.others(), 'main');
    const decisions = (['keep', 'block', 'undo'] as const).map((action) =>
      button(words[action], () => acts.decide(action)),
    );
    const restart = button(words.restart, () => acts.restart(), 'plain');
    this.buttons = [change, others, ...decisions, restart];
    this.readers.setAttribute('aria-label', words.readers);
    this.log.setAttribute('aria-label', words.log);
    const moderator = element('h3', { id: 'panel-moderator' }, words.moderator);
    this.root = element(
      'details',
      { class: 'panel' },
      element('summary', {}, element('h2', {}, words.title), this.summary),
      element(
        'div',
        { class: 'inside' },
        this.you,
        this.readers,
        change,
        element('p', { class: 'aim' }, element('span', {}, words.picture), ' ', this.name, ' ', this.state),
        this.own,
        others,
        moderator,
        element('div', { class: 'row', role: 'group', 'aria-labelledby': 'panel-moderator' }, ...decisions),
        this.log,
        ...(photo === undefined ? [] : [photo]),
        element('div', { class: 'row end' }, this.languages(language), restart),
      ),
    );
    // Where there is room for both, it is open beside the article.
    this.root.open = window.matchMedia('(min-width: 64rem) and (min-height: 40rem)').matches;
  }

  appendTo(parent: HTMLElement): void {
    parent.append(element('aside', { 'aria-label': this.words.title }, this.root));
  }

  /** Leaves nothing to press, and says why. */
  close(sentence: string): void {
    this.summary.remove();
    this.root.querySelector('.inside')?.replaceChildren(element('p', {}, sentence));
    this.root.open = true;
  }

  get isOpen(): boolean {
    return this.root.open;
  }

  show({ reader, readers, picture, busy }: Shown): void {
    const { words } = this;
    this.you.textContent = words.you(reader);
    this.summary.textContent = words.reader(reader);
    this.showReaders(reader, readers, busy);
    this.name.textContent = picture?.name ?? '';
    this.state.textContent = picture === null ? '' : picture.blocked ? words.blocked : words.visible;
    this.state.dataset['blocked'] = String(picture?.blocked ?? false);
    this.own.textContent = picture === null ? '' : words.own(picture.own);
    // Not `disabled`: whoever has pressed one keeps the focus on it.
    for (const each of this.buttons) each.setAttribute('aria-disabled', String(busy || picture === null));
  }

  /** A sentence of what happened, with a link perhaps. */
  say(sentence: string, link?: HTMLAnchorElement): void {
    const line = element('p', {}, sentence);
    if (link !== undefined) line.append(' ', link, '.');
    this.log.append(line);
    while (this.log.childElementCount > MOST_LINES) this.log.firstElementChild?.remove();
    this.log.scrollTop = this.log.scrollHeight;
  }

  private showReaders(reader: number, readers: readonly number[], busy: boolean): void {
    const known = [...this.readers.children].map(({ textContent }) => Number(textContent));
    if (known.join() !== readers.join()) {
      this.readers.replaceChildren(
        ...readers.map((number) => {
          const made = button(String(number), () => this.acts.become(number));
          made.setAttribute('aria-label', this.words.reader(number));
          return made;
        }),
      );
    }
    for (const [index, each] of [...this.readers.children].entries()) {
      each.setAttribute('aria-pressed', String(readers[index] === reader));
      each.setAttribute('aria-disabled', String(busy));
    }
  }

  private languages(chosen: string): HTMLLabelElement {
    const select = element('select');
    for (const [value, name] of [['', this.words.pageLanguage], ...Object.entries(LANGUAGES)] as const) {
      const option = element('option', value === '' ? { value } : { value, lang: value }, name);
      option.selected = value === chosen;
      select.append(option);
    }
    select.addEventListener('change', () => this.acts.speak(select.value));
    return element('label', {}, element('span', {}, this.words.language), ' ', select);
  }
}
