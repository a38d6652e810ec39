import type { FastifyRequest } from 'fastify';
import { makeKey } from '../../../src/access/keys/api-keys.js';
import { isOneSpelling, presentedKey } from '../../../src/access/keys/presented-key.js';

const { key } = makeKey('publishable');
const asked = (authorization: string | undefined, query: object = {}, method = 'GET') =>
  presentedKey({ headers: { authorization }, query, method } as FastifyRequest);

describe('a key that a request presents', () => {
  it.each([
    `Bearer ${key}`,
    `bearer ${key}`,
    `BEARER ${key}`,
    `Bearer  ${key}`,
    `bEaReR${' '.repeat(9_000)}${key}`,
    `Bearer ${key}  `,
  ])('has one spelling, however it is spelt: %#', (spelling) => {
    expect(asked(spelling)).toBe(`Bearer ${key}`);
    expect(isOneSpelling(spelling)).toBe(spelling === `Bearer ${key}`);
  });

  it('has the same one in an address', () => {
    expect(asked(undefined, { key })).toBe(`Bearer ${key}`);
    expect(asked(undefined, { key: ` ${key} ` })).toBe(`Bearer ${key}`);
    expect(asked(undefined, { key }, 'POST')).toBeUndefined();
  });

  it.each([
    '',
    'Bearer',
    `Bearer ${key}x`,
    `Bearer ${'x'.repeat(9_000)}`,
    'Basic dTpw',
    `Bearer ${key} ${key}`,
  ])('is short, whatever else is sent: %#', (other) => {
    expect(asked(other)).toBe('Bearer ');
  });

  it('is none where none is sent', () => {
    expect(asked(undefined)).toBeUndefined();
  });
});
