/** Markup that may stand in a page as it is. Only `html` makes it. */
export class Html {
  constructor(readonly text: string) {}
}

/** Texts are escaped; null is left out. */
type Part = Html | readonly Html[] | string | number | null;

/** Markup with values in it: `html`<p title="${title}">${text}</p>`` is safe in elements and in quoted attributes. */
export function html(parts: TemplateStringsArray, ...values: readonly Part[]): Html {
  return new Html(parts.reduce((text, part, index) => text + markup(values[index - 1] ?? null) + part));
}

function markup(value: Part): string {
  if (value === null) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'string' || typeof value === 'number') return escapeText(String(value));
  return value.map(({ text }) => text).join('');
}

const ESCAPED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escapeText = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ESCAPED[character] ?? '');
