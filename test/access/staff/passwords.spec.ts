import { hashPassword, makePassword, verifyPassword } from '../../../src/access/staff/passwords.js';

describe('passwords', () => {
  it('are stored as argon2id and only the right one is taken', async () => {
    const stored = await hashPassword('correct horse');
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await verifyPassword(stored, 'correct horse')).toBe(true);
    expect(await verifyPassword(stored, 'correct horsE')).toBe(false);
    expect(await hashPassword('correct horse')).not.toBe(stored);
  });

  it('are none where something else than a hash is stored', async () => {
    expect(await verifyPassword('-', '-')).toBe(false);
    expect(await verifyPassword('', '')).toBe(false);
  });

  it('that we make can be read aloud: no 0, 1, l or o', () => {
    const made = Array.from({ length: 200 }, makePassword);
    expect(new Set(made).size).toBe(200);
    for (const password of made) {
      expect(password).toMatch(/^[2-9a-km-np-z]{5}(-[2-9a-km-np-z]{5}){3}$/);
    }
  });
});
