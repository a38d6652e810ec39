import { pause } from './pause.js';
import { type Challenge, proofProgram } from './proof-program.js';

/** Milliseconds of the main thread at a time; the page's own work and its frames come in between. */
const SLICE = 8;

/** Numbers between two looks at the clock: 0.2 ms on a phone. */
const STRIDE = 25;

/**
 * Solves a challenge in a worker, or in slices of the main thread where the page's policy allows no worker.
 *
 * @returns what `POST /v1/devices` takes as `proof`
 * @throws Error when no number up to the challenge's largest solves it
 */
export async function solveChallenge(challenge: Challenge): Promise<string> {
  const number = (await inWorker(challenge)) ?? (await inSlices(challenge));
  if (number < 0) throw new Error('no solution');
  return btoa(JSON.stringify({ ...challenge, number }));
}

/** Undefined where there can be no worker. */
function inWorker({ challenge, salt, maxnumber }: Challenge): Promise<number | undefined> {
  const program = `onmessage=({data:[c,s,m]})=>postMessage((${String(proofProgram)})()(c,s)(0,m+1))`;
  const url = URL.createObjectURL(new Blob([program], { type: 'text/javascript' }));
  return new Promise<number | undefined>((resolve) => {
    const worker = new Worker(url);
    worker.onmessage = ({ data }) => {
      worker.terminate();
      resolve(data as number);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      worker.terminate();
      resolve(undefined);
    };
    worker.postMessage([challenge, salt, maxnumber]);
  })
    .catch(() => undefined)
    .finally(() => {
      URL.revokeObjectURL(url);
    });
}

async function inSlices({ challenge, salt, maxnumber }: Challenge): Promise<number> {
  const search = proofProgram()(challenge, salt);
  let from = 0;
  while (from <= maxnumber) {
    const end = performance.now() + SLICE;
    do {
      const found = search(from, Math.min(STRIDE, maxnumber + 1 - from));
      if (found >= 0) return found;
      from += STRIDE;
    } while (from <= maxnumber && performance.now() < end);
    await pause(0);
  }
  return -1;
}
