import type { Examination, ExaminedImage } from './examine-bytes.js';
import { BUILT_PROGRAM, ExaminerDied, ExaminerProcess } from './examiner-process.js';
import { ImageProblem } from './image-problem.js';
import { sniff } from './sniff.js';

export type { ExaminedImage } from './examine-bytes.js';
export { ImageProblem, type ImageProblemCode } from './image-problem.js';

/** What one picture may cost; the section `images` of config/default.yaml. */
export interface ExamineLimits {
  readonly maxPixels: number;
  readonly examineSeconds: number;
  /** Processes, each with one picture at a time. */
  readonly workers: number;
}

export interface ExamineOptions {
  readonly snapshots: boolean;
  /** Are binary PPM files (P6) taken? No site shows such; the command line compares fingerprints by them. */
  readonly ppm?: boolean;
  readonly signal?: AbortSignal;
}

/** So many pictures may wait for a process, with all their bytes: ten times as many as jobs run at once by default. */
const MOST_WAITING = 1000;

/** A picture that ends a process may have met it in a bad moment (memory was short), so it is tried once more. */
const ATTEMPTS = 2;

/** Whoever waits for a process. */
interface Turn {
  readonly take: () => void;
  readonly refuse: (reason: Error) => void;
}

/**
 * Looks at pictures in a few processes of its own, which start with the first picture and are replaced when one takes too
 * long or dies. Made once per process of the service, and closed with it.
 */
export class ImageExaminer {
  readonly #limits: ExamineLimits;
  readonly #program: string;
  readonly #processes = new Set<ExaminerProcess>();
  readonly #idle: ExaminerProcess[] = [];
  readonly #waiting: Turn[] = [];
  #busy = 0;
  #closed = false;

  /** @param program what the processes run */
  constructor(limits: ExamineLimits, program = BUILT_PROGRAM) {
    this.#limits = limits;
    this.#program = program;
  }

  /**
   * @throws ImageProblem where the bytes are no picture that can be looked at; the signal's reason; any other error where
   *   trying again later may help
   */
  async examine(bytes: Buffer, options: ExamineOptions): Promise<ExaminedImage> {
    const { snapshots, ppm = false, signal } = options;
    signal?.throwIfAborted();
    // What is no picture at all needs no process, and does not wait.
    sniff(bytes, ppm);
    await this.#turn(signal);
    try {
      const { maxPixels, examineSeconds: seconds } = this.#limits;
      return await this.#attempt({ bytes, snapshots, ppm, maxPixels, seconds }, signal);
    } finally {
      this.#busy -= 1;
      this.#waiting.shift()?.take();
    }
  }

  /** Ends all processes; whoever waits gets an error that is no `ImageProblem`. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const { refuse } of this.#waiting.splice(0)) refuse(closed());
    await Promise.all([...this.#processes].map((one) => one.kill(closed())));
  }

  /** Waits for a place, in order. */
  #turn(signal: AbortSignal | undefined): Promise<void> {
    if (this.#closed) return Promise.reject(closed());
    if (this.#busy < this.#limits.workers) {
      this.#busy += 1;
      return Promise.resolve();
    }
    if (this.#waiting.length >= MOST_WAITING) {
      return Promise.reject(new Error(`${MOST_WAITING} pictures wait already: try again later.`));
    }
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(turn), 1);
        reject(signal?.reason as Error);
      };
      const turn: Turn = {
        take: () => {
          signal?.removeEventListener('abort', leave);
          this.#busy += 1;
          resolve();
        },
        refuse: (reason) => {
          signal?.removeEventListener('abort', leave);
          reject(reason);
        },
      };
      signal?.addEventListener('abort', leave, { once: true });
      this.#waiting.push(turn);
    });
  }

  async #attempt(asked: Examination, signal: AbortSignal | undefined): Promise<ExaminedImage> {
    for (let attempt = 1; ; attempt += 1) {
      if (this.#closed) throw closed();
      const one = this.#process();
      try {
        return await one.examine(asked, signal);
      } catch (error) {
        signal?.throwIfAborted();
        if (!(error instanceof ExaminerDied)) throw error;
        if (attempt === ATTEMPTS) throw new ImageProblem('damaged', 'The picture makes its decoder crash.');
      } finally {
        if (one.ended) this.#processes.delete(one);
        else this.#idle.push(one);
      }
    }
  }

  /** One that is idle and has not ended meanwhile, or a new one. */
  #process(): ExaminerProcess {
    for (let one = this.#idle.pop(); one !== undefined; one = this.#idle.pop()) {
      if (!one.ended) return one;
      this.#processes.delete(one);
    }
    const made = new ExaminerProcess(this.#program);
    this.#processes.add(made);
    return made;
  }
}

const closed = (): Error => new Error('The process that looks at pictures is shutting down.');
