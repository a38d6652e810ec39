import { hash } from 'node:crypto';

/** A challenge as `GET /v1/challenges` gives it. */
export interface GivenChallenge {
  readonly algorithm: string;
  readonly challenge: string;
  readonly maxnumber: number;
  readonly salt: string;
  readonly signature: string;
}

/** Its number, by trying all of them as a browser does. */
export function solve({ challenge, maxnumber, salt }: GivenChallenge): number {
  for (let number = 0; number <= maxnumber; number += 1) {
    if (hash('sha256', `${salt}${number}`) === challenge) return number;
  }
  throw new Error('This challenge has no solution.');
}

/** What `POST /v1/devices` takes for a proof, with these members in the place of the right ones. */
export function proofOf(given: GivenChallenge, changes: Record<string, unknown> = {}): string {
  const { algorithm, challenge, salt, signature } = given;
  const proof = { algorithm, challenge, number: solve(given), salt, signature, ...changes };
  return Buffer.from(JSON.stringify(proof)).toString('base64');
}
