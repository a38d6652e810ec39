/** What stands in arrays that go to the server. */
export type ArrayItem = string | number | boolean | Date | Buffer | null;

const TO_ESCAPE = /["\\]/;

/** What JSON writes otherwise than an array literal does: control characters and halves of surrogate pairs. */
const NOT_AS_IN_JSON = /[^\u0020-\ud7ff\ue000-\uffff]/;

/**
 * A Postgres array literal of one dimension: what the driver makes of an array too, for less. A batch of
 * reports has some thirty arrays, and the driver asks of each item what it might be and escapes it twice.
 */
export function arrayLiteral(items: readonly ArrayItem[]): string {
  let literal = '{';
  for (let index = 0; index < items.length; index += 1) {
    if (index > 0) literal += ',';
    literal += itemLiteral(items[index] ?? null);
  }
  return `${literal}}`;
}

function itemLiteral(item: ArrayItem): string {
  if (item === null) return 'NULL';
  if (typeof item === 'string') {
    return TO_ESCAPE.test(item) ? escaped(item) : `"${item}"`;
  }
  if (typeof item !== 'object') return String(item);
  if (item instanceof Date) return `"${item.toISOString()}"`;
  return `"\\\\x${item.toString('hex')}"`;
}

/** Mostly JSON, of which a report brings three texts: its own way to escape is the faster one (0.1 us instead of 0.3). */
const escaped = (text: string): string =>
  NOT_AS_IN_JSON.test(text) ? `"${text.replace(/["\\]/g, '\\$&')}"` : JSON.stringify(text);
