import { build } from './build.js';
import { pause } from './pause.js';
import { shadowHost } from './shadow-host.js';
import type { Spoken } from './texts.js';

/** Milliseconds. */
const READING_TIME = 10_000;

/** Tells a reader something while no dialog is open. */
export async function showNotice(text: string, { locale, dir }: Spoken): Promise<void> {
  const notice = build('p', { class: 'notice', role: 'status', lang: locale, dir });
  const host = shadowHost({}, notice);
  document.body.append(host);
  // A status is read out when it changes, not when it comes.
  await pause(100);
  notice.textContent = text;
  await pause(READING_TIME);
  host.remove();
}
