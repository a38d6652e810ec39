import { timingSafeEqual } from 'node:crypto';
import { createChallenge, extractParams } from 'altcha-lib/v1';
import type { Challenge, Payload } from 'altcha-lib/v1/types';
import { deriveKey } from '../../config/secret.js';
import type { Sealed } from '../sealing/sealed.js';

/** A challenge that was solved: what of it must be remembered so that it is good once. */
export interface SolvedChallenge {
  /** 32 bytes. */
  readonly hash: Buffer;
  readonly expiresAt: Date;
  /** Up to which number its solver had to look. */
  readonly maxnumber: number;
}

/** A sentence that says what is wrong with a proof. */
export interface BadProof {
  readonly problem: string;
}

/** How long a challenge may be solved, in milliseconds: a slow phone that went to sleep included. */
const LIFETIME = 600_000;

/** Characters of a proof in base64; ours have some 450. */
const LONGEST_PROOF = 4_096;

const ALGORITHM = 'SHA-256';
const HASH = /^[0-9a-f]{64}$/;

const AGAIN = 'Ask for a new one at GET /v1/challenges.';

/**
 * Proofs of work in the form of ALTCHA (v1): find the number whose SHA-256, behind the salt, is the challenge's. They
 * throttle who mints devices by the thousand, and stop nobody. What must hold of a challenge stands in its salt, which
 * its hash covers, which we sign: so nothing is stored before it is solved.
 */
export class Challenges {
  private readonly hmacKey: string;

  constructor(
    secret: Buffer,
    private readonly sealed: Pick<Sealed, 'id'>,
  ) {
    this.hmacKey = deriveKey(secret, 'challenges').toString('base64url');
  }

  /**
   * A challenge that is good for one device of this site, for ten minutes.
   *
   * @param siteId the database's
   * @param maxnumber the work: half as many hashes on average
   */
  async makeChallenge(siteId: string, maxnumber: number, now = Date.now()): Promise<Required<Challenge>> {
    const challenge = await createChallenge({
      algorithm: ALGORITHM,
      hmacKey: this.hmacKey,
      maxnumber,
      expires: new Date(now + LIFETIME),
      params: { site: this.sealed.id('sit', siteId), max: String(maxnumber) },
    });
    return { ...challenge, maxnumber };
  }

  /** Reads a proof: base64 of the JSON of `{ algorithm, challenge, number, salt, signature }`. */
  async readProof(siteId: string, proof: string, now = Date.now()): Promise<SolvedChallenge | BadProof> {
    const payload = parse(proof);
    if (payload === null) {
      return {
        problem:
          'This is not a solution of a challenge: send the base64 of {"algorithm","challenge","number","salt","signature"}.',
      };
    }
    // As the library verifies, which does not tell the one from the other, and takes algorithms that we don't make.
    const right = await createChallenge({ ...payload, hmacKey: this.hmacKey });
    if (right.challenge !== payload.challenge) {
      return {
        problem:
          'The number does not solve the challenge. Send its algorithm, challenge, salt and signature unchanged.',
      };
    }
    if (!timingSafeEqual(Buffer.from(right.signature), Buffer.from(payload.signature))) {
      return { problem: `This challenge was not made here. ${AGAIN}` };
    }
    const { site, max, expires } = extractParams(payload);
    if (site !== this.sealed.id('sit', siteId)) {
      return { problem: `This challenge was made for another site. ${AGAIN}` };
    }
    const expiresAt = new Date(Number(expires) * 1_000);
    if (!(expiresAt.getTime() > now)) return { problem: `This challenge has expired. ${AGAIN}` };
    return { hash: Buffer.from(payload.challenge, 'hex'), expiresAt, maxnumber: Number(max) };
  }
}

function parse(proof: string): Payload | null {
  if (proof.length > LONGEST_PROOF) return null;
  let given: unknown;
  try {
    given = JSON.parse(Buffer.from(proof, 'base64').toString());
  } catch {
    return null;
  }
  if (typeof given !== 'object' || given === null) return null;
  const { algorithm, challenge, number, salt, signature } = given as Partial<Record<keyof Payload, unknown>>;
  if (algorithm !== ALGORITHM || typeof salt !== 'string') return null;
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 0) return null;
  if (typeof challenge !== 'string' || !HASH.test(challenge)) return null;
  if (typeof signature !== 'string' || !HASH.test(signature)) return null;
  return { algorithm, challenge, number, salt, signature };
}
