/** The part of a browser's storage that is used. */
export type Kept = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const PREFIX = 'vigie-console:note:';

/** What somebody typed about a case, kept in this window until it has been decided with it. */
export class Drafts {
  private readonly typed = new Map<string, string>();

  /** @param kept null: nothing outlives the page */
  constructor(private readonly kept: Kept | null) {}

  of(caseId: string): string {
    return this.typed.get(caseId) ?? this.read(caseId) ?? '';
  }

  keep(caseId: string, note: string): void {
    if (note === '') return this.drop(caseId);
    this.typed.set(caseId, note);
    try {
      this.kept?.setItem(PREFIX + caseId, note);
    } catch {
      // Storage is full or forbidden: it is kept as long as the page.
    }
  }

  drop(caseId: string): void {
    this.typed.delete(caseId);
    try {
      this.kept?.removeItem(PREFIX + caseId);
    } catch {
      // It was never there.
    }
  }

  private read(caseId: string): string | null {
    try {
      return this.kept?.getItem(PREFIX + caseId) ?? null;
    } catch {
      return null;
    }
  }
}
