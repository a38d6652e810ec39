import { type Reason, REASONS } from '../../core/reasons.js';
import { build } from './build.js';
import { showNotice } from './notice.js';
import type { Fate } from './own-reports.js';
import type { Sent } from './reports.js';
import { failureOf } from './service.js';
import { shadowHost } from './shadow-host.js';
import { sentenceFor, type Spoken, whyWaiting } from './texts.js';

/** What the dialog can do about its image. */
export interface DialogActions {
  /** What the reader's report has come to as far as is known; undefined: there is none. */
  fate(): Fate | undefined;
  /** Those that the site takes, in our order; undefined: the service does not say. */
  reasons(): Promise<readonly Reason[] | undefined>;
  send(reason: Reason, comment: string): Promise<Sent>;
  /** Asks what has become of the report by now: `fate` knows it then, unless the service does not answer. */
  follow(): Promise<unknown>;
  /** @throws ServiceError */
  withdraw(): Promise<void>;
  /** It is closed, and the focus may go back. */
  closed(): void;
}

/**
 * Opens the dialog of one image. The browser keeps the focus inside, and closes it with Escape.
 *
 * @param speak what there is to say by now: what the site's rule does is known a moment later
 * @returns is told that `fate` may be another, with what there is to say of that; whether that was waited for here
 */
export function openDialog(speak: () => Spoken, actions: DialogActions): (sentence?: string) => boolean {
  const { locale, dir } = speak();
  let { texts } = speak();
  const title = build('h2', { id: 'title', tabindex: '-1' });
  const content = build('div');
  const status = build('p', { role: 'status' });
  const buttons = build('div', { class: 'actions' });
  const dialog = build(
    'dialog',
    { 'aria-labelledby': 'title', lang: locale, dir },
    title,
    content,
    status,
    buttons,
  );
  const host = shadowHost({}, dialog);
  /** A report is withdrawn only after the answer to what became of it, which would bring it back. */
  let following: Promise<unknown> | undefined;
  /** What the reader was told last. */
  let offered: Fate | undefined;

  function listen(): void {
    ({ texts } = speak());
  }

  function show(heading: string, ...parts: Node[]): void {
    title.textContent = heading;
    content.replaceChildren(...parts);
    say();
  }

  function say(text = '', alarm = ''): void {
    status.className = alarm;
    status.textContent = text;
    if (alarm && !dialog.open) void showNotice(text, speak());
  }

  function button(text: string, act: () => unknown, kind = ''): HTMLButtonElement {
    const made = build('button', { class: kind }, text);
    made.addEventListener('click', act);
    return made;
  }

  const close = (kind?: string): HTMLButtonElement => button(texts.close, () => dialog.close(), kind);

  async function askReason(): Promise<void> {
    show(texts.report);
    title.focus();
    buttons.replaceChildren(close());
    const reasons = (await actions.reasons()) ?? REASONS;
    listen();
    const choices = reasons.map((value) =>
      build(
        'label',
        { class: 'reason' },
        build('input', { type: 'radio', name: 'reason', value }),
        texts[value],
      ),
    );
    // In UTF-16, as the browser counts while somebody writes: never more than as many of the service's characters.
    const comment = build('textarea', { id: 'comment', maxlength: '1000', dir: 'auto' });
    show(
      texts.report,
      build('p', {}, texts.promise),
      build('fieldset', {}, build('legend', {}, texts.choose), ...choices),
      build('label', { for: 'comment' }, texts.comment),
      comment,
    );
    // What was missing may be there now.
    content.oninput = () => say();
    let sending: boolean | undefined;
    buttons.append(
      button(
        texts.send,
        async () => {
          const chosen = content.querySelector<HTMLInputElement>('input:checked');
          if (!chosen) {
            say(texts.choose, 'alarm');
            content.querySelector('input')?.focus();
          } else if (!sending) {
            // The button is not disabled, which would take the focus from it.
            sending = true;
            say(`${texts.send}…`);
            await send(chosen.value as Reason, comment.value.trim());
            sending = false;
          }
        },
        'main',
      ),
    );
  }

  async function send(reason: Reason, comment: string): Promise<void> {
    const sent = await actions.send(reason, comment);
    if (sent === 'refused') say(texts.refused, 'alarm');
    else if (typeof sent === 'object') offer('pending', sent.message);
    else if (typeof sent === 'string') offer(sent);
    else offer('waiting', `${whyWaiting(sent, speak())} ${texts.waiting}`);
  }

  async function tellFate(known: Fate): Promise<void> {
    offer(known);
    await (following = actions.follow());
    listen();
    const fate = actions.fate();
    if (!fate) await askReason();
    else if (sentenceFor(fate, texts) !== status.textContent) offer(fate);
  }

  /** Says what became of the report, and what its reader may do about it. */
  function offer(fate: Fate, sentence = sentenceFor(fate, texts)): void {
    offered = fate;
    show(texts.yours);
    say(sentence);
    const over = fate === 'withdrawn' || fate === 'kept';
    buttons.replaceChildren(
      over ? button(texts.report, askReason) : button(texts.withdraw, withdraw),
      close('main'),
    );
    (buttons.lastChild as HTMLElement).focus();
  }

  async function withdraw(): Promise<void> {
    say(`${texts.withdraw}…`);
    try {
      await following;
      await actions.withdraw();
      offer('withdrawn');
    } catch (error) {
      // Who reported was forgotten: nobody knows which report it was.
      say(failureOf(error).status === 409 ? texts.tooLate : texts.unreachable, 'alarm');
    }
  }

  dialog.addEventListener('close', () => {
    host.remove();
    actions.closed();
  });
  document.body.append(host);
  dialog.showModal();
  const known = actions.fate();
  void (known ? tellFate(known) : askReason());
  return (sentence) => {
    const fate = actions.fate() ?? 'withdrawn';
    const waited = dialog.open && offered === 'waiting' && fate !== offered;
    if (waited) offer(fate, sentence);
    return waited;
  };
}
