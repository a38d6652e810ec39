import { createHmac } from 'node:crypto';
import { Challenges } from '../../../src/access/readers/challenges.js';
import { Sealed } from '../../../src/access/sealing/sealed.js';
import { type GivenChallenge, proofOf, solve } from '../../setup/solve-challenge.js';

const challengesOf = (byte: number): Challenges => {
  const secret = Buffer.alloc(32, byte);
  return new Challenges(secret, new Sealed(secret));
};
const challenges = challengesOf(1);
const make = (site = '1', maxnumber = 100, now?: number, by = challenges): Promise<GivenChallenge> =>
  by.makeChallenge(site, maxnumber, now);
const problem = async (proof: string, now?: number): Promise<unknown> => {
  const read = await challenges.readProof('1', proof, now);
  return 'problem' in read ? read.problem : null;
};

describe('challenges', () => {
  it('have the form of ALTCHA, and a number to be found', async () => {
    const challenge = await make();
    expect(challenge).toEqual({
      algorithm: 'SHA-256',
      challenge: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      maxnumber: 100,
      salt: expect.stringMatching(/^[0-9a-f]{24}\?site=sit_[\w-]+&max=100&expires=\d+&$/) as string,
      signature: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
    expect(solve(challenge)).toBeLessThanOrEqual(100);
    expect((await make()).challenge).not.toBe(challenge.challenge);
  });

  it('are solved by it, once more in ten minutes less a second', async () => {
    const now = Date.now();
    const challenge = await make('1', 100, now);
    const read = await challenges.readProof('1', proofOf(challenge), now + 598_000);
    expect(read).toEqual({
      hash: Buffer.from(challenge.challenge, 'hex'),
      expiresAt: new Date(Math.floor((now + 600_000) / 1_000) * 1_000),
      maxnumber: 100,
    });
  });
});

describe('a proof is refused with a sentence', () => {
  it('when the challenge has expired', async () => {
    const now = Date.now();
    expect(await problem(proofOf(await make('1', 10, now)), now + 600_000)).toMatch(/expired/);
  });

  it('when it was made for another site', async () => {
    expect(await problem(proofOf(await make('2')))).toMatch(/another site/);
  });

  it('when it was made elsewhere', async () => {
    expect(await problem(proofOf(await make('1', 10, undefined, challengesOf(2))))).toMatch(/not made here/);
  });

  it('when its signature was made up', async () => {
    const challenge = await make();
    const signature = createHmac('sha256', 'guess').update(challenge.challenge).digest('hex');
    expect(await problem(proofOf(challenge, { signature }))).toMatch(/not made here/);
  });

  it('when the number is another one', async () => {
    const challenge = await make();
    const right = solve(challenge);
    for (const number of [0, right + 1, right + 2 ** 32]) {
      expect(await problem(proofOf(challenge, { number }))).toMatch(/does not solve/);
    }
  });

  it('when the salt was changed to last longer, to be easier, or so that a digit of the number belongs to it', async () => {
    const challenge = await make('1', 1_000_000);
    const digits = String(solve(challenge));
    const changed = [
      { salt: challenge.salt.replace(/expires=\d+/, 'expires=99999999999') },
      { salt: challenge.salt.replace('max=1000000', 'max=9000000') },
      { salt: challenge.salt + digits.slice(0, 1), number: Number(digits.slice(1)) },
      { salt: '' },
    ];
    for (const changes of changed)
      expect(await problem(proofOf(challenge, changes))).toMatch(/does not solve/);
  });

  it('when it is no proof at all', async () => {
    const challenge = await make();
    const garbage = [
      '',
      'x',
      '%%%',
      '\0',
      '\ud800',
      Buffer.from('{').toString('base64'),
      Buffer.from('null').toString('base64'),
      Buffer.from('[]').toString('base64'),
      Buffer.from('"a"').toString('base64'),
      Buffer.from('[['.repeat(1_500)).toString('base64'),
      proofOf(challenge, { algorithm: 'SHA-1' }),
      proofOf(challenge, { algorithm: 'MD5' }),
      proofOf(challenge, { algorithm: undefined }),
      proofOf(challenge, { number: undefined }),
      proofOf(challenge, { number: '1' }),
      proofOf(challenge, { number: 1.5 }),
      proofOf(challenge, { number: -1 }),
      proofOf(challenge, { number: 1e300 }),
      proofOf(challenge, { salt: 1 }),
      proofOf(challenge, { salt: null }),
      proofOf(challenge, { challenge: 'abc' }),
      proofOf(challenge, { challenge: challenge.challenge.toUpperCase() }),
      proofOf(challenge, { signature: `${challenge.signature}0` }),
      proofOf(challenge, { signature: ['a'] }),
      proofOf(challenge, { note: 'x'.repeat(4_096) }),
    ];
    for (const proof of garbage)
      expect([proof, await problem(proof)]).toEqual([proof, expect.stringMatching(/not a solution/)]);
  });
});
