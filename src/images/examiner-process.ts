import { fork, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../config/project-root.js';
import type { Examination, ExaminedImage } from './examine-bytes.js';
import type { Answer } from './examine-process.js';
import { ImageProblem } from './image-problem.js';

/** Always the built one: Node runs no TypeScript, not even where these lines are run by a test. */
export const BUILT_PROGRAM = path.join(projectRoot(), 'dist', 'src', 'images', 'examine-process.js');

/** Seconds that a process may take to start on a machine that is busy. */
const START_SECONDS = 30;

/** A process ended in the middle of a picture. That it did so by itself is most likely the picture's fault. */
export class ExaminerDied extends Error {}

/**
 * A process that looks at pictures, one after the other. Not a thread: a decoder that crashes takes its whole process with
 * it, and one that is busy can not be stopped by anything less.
 */
export class ExaminerProcess {
  readonly #child: ChildProcess;
  readonly #ready: Promise<void>;
  readonly #gone: Promise<unknown>;
  #answered: ((answer: Answer) => void) | null = null;
  #failed: ((error: Error) => void) | null = null;
  #ended = false;

  /** @throws when the program is not there */
  constructor(program: string) {
    if (!existsSync(program)) throw new Error(`${program} is missing: run "npm run build" first.`);
    this.#child = fork(program, [], {
      // Nothing of ours in its environment. That is no wall: it runs as the same user, and what takes a decoder over can
      // read what that user can, the secret's file, too (docs/attackers.md).
      // Few arenas: else glibc keeps the memory of large pictures for each thread.
      env: { MALLOC_ARENA_MAX: '2' },
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    // A process that could not be started has no exit.
    this.#gone = new Promise((resolve) => this.#child.once('exit', resolve).once('error', resolve));
    this.#child.on('message', (answer: Answer) => this.#answered?.(answer));
    this.#child.on('error', (error) => this.#end(error));
    this.#child.on('exit', (code, signal) =>
      this.#end(new ExaminerDied(`A process that looks at pictures ended (${signal ?? `code ${code}`}).`)),
    );
    this.#ready = this.#next(
      START_SECONDS,
      () => new Error('A process to look at pictures does not start.'),
    ).then(
      () => undefined,
      (error: unknown) => {
        // Not the picture's fault: it has not seen any.
        throw new Error('A process to look at pictures could not be started.', { cause: error });
      },
    );
    this.#ready.catch(() => undefined);
    this.#rest();
  }

  /** Has it ended? Then it looks at nothing any more. */
  get ended(): boolean {
    return this.#ended;
  }

  /**
   * Looks at one picture; ends the process where that takes too long or is not wanted any more. One at a time.
   * @throws ImageProblem, ExaminerDied, the signal's reason
   */
  async examine(asked: Examination, signal: AbortSignal | undefined): Promise<ExaminedImage> {
    signal?.throwIfAborted();
    const abort = (): void => this.#end(signal?.reason as Error);
    signal?.addEventListener('abort', abort, { once: true });
    // It keeps this process from ending while somebody waits for it.
    this.#child.ref();
    this.#child.channel?.ref();
    try {
      await this.#ready;
      const answer = this.#next(
        asked.seconds,
        () => new ImageProblem('too-slow', 'It took too long to look at the picture.'),
      );
      this.#child.send(asked, (error) => {
        if (error !== null) this.#end(new ExaminerDied(error.message));
      });
      return imageOf(await answer);
    } finally {
      signal?.removeEventListener('abort', abort);
      this.#rest();
    }
  }

  /** Ends the process at once, and waits until it has gone; whoever waits for an answer gets `reason`. */
  async kill(reason: Error): Promise<void> {
    this.#child.ref();
    this.#end(reason);
    await this.#gone;
  }

  /** The next thing that it says; when it says nothing for so long it is ended. */
  #next(seconds: number, late: () => Error): Promise<Answer> {
    return new Promise<Answer>((resolve, reject) => {
      const timer = setTimeout(() => this.#end(late()), seconds * 1000);
      this.#answered = (answer) => {
        clearTimeout(timer);
        this.#answered = this.#failed = null;
        resolve(answer);
      };
      this.#failed = (error) => {
        clearTimeout(timer);
        reject(error);
      };
      if (this.#ended) this.#failed(new ExaminerDied('The process has ended.'));
    });
  }

  #end(reason: Error): void {
    this.#ended = true;
    this.#child.kill('SIGKILL');
    const failed = this.#failed;
    this.#answered = this.#failed = null;
    failed?.(reason);
  }

  #rest(): void {
    this.#child.unref();
    this.#child.channel?.unref();
  }
}

function imageOf(answer: Answer): ExaminedImage {
  if ('image' in answer) return answer.image;
  if ('problem' in answer) throw new ImageProblem(answer.problem.code, answer.problem.message);
  throw new Error('error' in answer ? answer.error : 'A process that looks at pictures said nothing.');
}
