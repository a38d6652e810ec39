import type { CaseReport } from '../../../contract/case-reports.js';

/** A page on which readers saw the picture. */
export interface SeenOn {
  readonly url: string;
  readonly title: string | null;
  readonly readers: number;
}

/** The pages that reports name, the one that most readers name first. */
export function pagesOf(reports: readonly CaseReport[]): SeenOn[] {
  const pages = new Map<string, { title: string | null; readers: Set<string> }>();
  for (const { reader, notes } of reports) {
    for (const { page } of notes) {
      if (page === null) continue;
      const known = pages.get(page.url) ?? { title: page.title, readers: new Set<string>() };
      known.title ??= page.title;
      known.readers.add(reader);
      pages.set(page.url, known);
    }
  }
  return [...pages]
    .map(([url, { title, readers }]) => ({ url, title, readers: readers.size }))
    .sort((one, other) => other.readers - one.readers);
}

/** Whether it leads to a web site; all else (`javascript:`, `data:`) is never opened. */
export function isWebAddress(text: string): boolean {
  try {
    return ['http:', 'https:'].includes(new URL(text).protocol);
  } catch {
    return false;
  }
}
