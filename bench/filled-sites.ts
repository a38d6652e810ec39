import type { DatabaseServer } from './database-server.js';
import { type FilledSite, makeFilledSite } from './filled-site.js';

/** Sites with so many reports on them, each made once in a run and kept until its end. */
export class FilledSites {
  private readonly made = new Map<number, Promise<FilledSite>>();

  constructor(
    private readonly server: DatabaseServer,
    private readonly say: (line: string) => void,
  ) {}

  ofReports(reports: number): Promise<FilledSite> {
    const made = this.made.get(reports) ?? makeFilledSite(this.server, reports, this.say);
    this.made.set(reports, made);
    return made;
  }
}
