import { setPriority } from 'node:os';
import { restrictDecoders } from './decode.js';
import { examineBytes, type Examination, type ExaminedImage } from './examine-bytes.js';
import { ImageProblem, type ImageProblemCode } from './image-problem.js';

/** What this process says: first that it is there, then one answer to each question. */
export type Answer =
  | { readonly ready: true }
  | { readonly image: ExaminedImage }
  | { readonly problem: { readonly code: ImageProblemCode; readonly message: string } }
  | { readonly error: string };

/** Looking at pictures gives way to readers and moderators who wait. */
const LOW_PRIORITY = 10;

const say = (answer: Answer): void => void process.send?.(answer);

process.on('message', (asked: Examination) => {
  examineBytes(asked).then(
    (image) => say({ image }),
    (error: unknown) => {
      if (error instanceof ImageProblem) say({ problem: { code: error.code, message: error.message } });
      else say({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    },
  );
});

// Who asks decides when this ends: a Ctrl-C that meets the whole group must not look like a picture that kills.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
// Who asked is gone. At once: an orderly exit would wait for what is being decoded.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));

setPriority(LOW_PRIORITY);
restrictDecoders();
say({ ready: true });
