import type { DatabaseServer } from './database-server.js';
import type { FilledSite } from './filled-site.js';
import type { Subject } from './measure.js';

/** Something that `npm run bench` measures, by itself and beside all others. */
export interface Line {
  /** As `--only` has it. */
  readonly name: string;
  readonly about: string;
  readonly measure: (bench: Bench) => Promise<Measured>;
}

/** What a line stands on. */
export interface Bench {
  /** A run that shows that it runs: little of everything. */
  readonly quick: boolean;
  readonly server: DatabaseServer;
  readonly say: (line: string) => void;
  /** Of the line of requests, nothing but these; none: all. */
  readonly subjects: readonly Subject[];
  /** A site on which so many reports stand, made when a line first asks for it. */
  readonly filled: (reports: number) => Promise<FilledSite>;
}

/** What came of a line, as cells of the tables that are printed. */
export interface Measured {
  /** What is compared with what: `RATIOS`. */
  readonly ratios?: readonly (readonly string[])[];
  /** Where the time goes: `TIMES`. */
  readonly times?: readonly (readonly string[])[];
  /** What is compared with nothing but its aim: `FACTS`. */
  readonly facts?: readonly (readonly string[])[];
  /** Further paragraphs, in Markdown. */
  readonly sections?: readonly string[];
  /** How it was measured: sentences for the end. */
  readonly notes?: readonly string[];
}

export const RATIOS = ['what', 'against', 'ratio', 'aim', 'per s', 'against', 'p99', 'against'];
export const TIMES = ['subject', 'per s', 'p50', 'p99', 'its Node', 'Postgres', 'the load'];
export const FACTS = ['what', 'measured', 'aim'];
