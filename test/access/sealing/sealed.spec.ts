import fc from 'fast-check';
import { Sealed } from '../../../src/access/sealing/sealed.js';

const sealed = new Sealed(Buffer.alloc(32, 1));
const elsewhere = new Sealed(Buffer.alloc(32, 2));

/** All tokens that differ from this one in a single bit. */
const tamperings = (token: string): string[] => {
  const bytes = Buffer.from(token, 'base64url');
  return Array.from({ length: bytes.length * 8 }, (_, bit) => {
    const changed = Buffer.from(bytes);
    changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
    return changed.toString('base64url');
  });
};

describe('sealing', () => {
  it('gives back what was sealed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        const payload = Buffer.from(bytes);
        expect(sealed.open('a', sealed.seal('a', payload))).toEqual(payload);
      }),
    );
  });

  it('gives equal tokens for equal payloads, so that a retry gets the same one', () => {
    expect(sealed.seal('a', Buffer.from('x'))).toBe(
      new Sealed(Buffer.alloc(32, 1)).seal('a', Buffer.from('x')),
    );
  });

  it('shows nothing of the payload: neighbours share no beginning', () => {
    const tokens = Array.from({ length: 1_000 }, (_, n) => sealed.id('case', String(n)).slice(5, 13));
    expect(new Set(tokens).size).toBe(1_000);
  });

  it('opens nothing of another purpose or installation', () => {
    const token = sealed.seal('a', Buffer.from('payload'));
    expect(sealed.open('b', token)).toBeNull();
    expect(elsewhere.open('a', token)).toBeNull();
  });

  it('opens nothing of which a single bit was changed', () => {
    const token = sealed.seal('a', Buffer.from('payload'));
    expect(tamperings(token).map((changed) => sealed.open('a', changed))).toEqual(
      tamperings(token).map(() => null),
    );
  });

  it('takes one spelling of a token only', () => {
    // 52 bytes leave two unused bits in the last character; decoders ignore them.
    const token = sealed.seal('a', Buffer.alloc(36));
    const last = token.slice(-1);
    const twin = String.fromCharCode(last.charCodeAt(0) + 1);
    expect(Buffer.from(token.slice(0, -1) + twin, 'base64url')).toEqual(Buffer.from(token, 'base64url'));
    expect(sealed.open('a', token.slice(0, -1) + twin)).toBeNull();
    expect(sealed.open('a', `${token}=`)).toBeNull();
    expect(sealed.open('a', `${token}\n`)).toBeNull();
  });

  it.each(['', 'x', 'AAAA', '*', '\0', '\ud800', 'é'.repeat(40)])('opens nothing made up: %j', (token) => {
    expect(sealed.open('a', token)).toBeNull();
  });
});

describe('public ids', () => {
  it.each(['1', '42', '9007199254740993', '9223372036854775807'])(
    'stand for database id %s',
    (databaseId) => {
      const id = sealed.id('case', databaseId);
      expect(id).toMatch(/^case_[A-Za-z0-9_-]{32}$/);
      expect(sealed.databaseId('case', id)).toBe(databaseId);
    },
  );

  it('are refused under another prefix, even when it is renamed', () => {
    const id = sealed.id('case', '7');
    expect(sealed.databaseId('dec', id)).toBeNull();
    expect(sealed.databaseId('dec', id.replace('case_', 'dec_'))).toBeNull();
  });

  it('are refused bare, made up, or from another installation', () => {
    const id = sealed.id('img', '7');
    expect(sealed.databaseId('img', id.slice(4))).toBeNull();
    expect(sealed.databaseId('img', '7')).toBeNull();
    expect(sealed.databaseId('img', 'img_7')).toBeNull();
    expect(sealed.databaseId('img', '')).toBeNull();
    expect(elsewhere.databaseId('img', id)).toBeNull();
  });
});
