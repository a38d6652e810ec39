/**
 * An address, or null for what is none. In the place of `URL.canParse`, which in Node 20, once it is compiled, says no to
 * every host with letters such as é (after some 4,000 questions; its fast way reads one-byte texts as UTF-8).
 *
 * @param base what a relative address is resolved against
 */
export function readUrl(text: string, base?: string): URL | null {
  try {
    return new URL(text, base);
  } catch {
    return null;
  }
}
