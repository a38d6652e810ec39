import type { VigieError } from '../../src/core/errors.js';
import { checkNewPassword } from '../../src/accounts/new-password.js';

/** What is taken as a new password, and what is known too well. */

const refusal = (password: string, email = 'amina.benali@nouvelles.ma'): string | null => {
  try {
    checkNewPassword(email, password);
    return null;
  } catch (error) {
    return (error as VigieError).fields[0]?.detail ?? '';
  }
};

it.each([
  ...[
    'password1234',
    'P@ssw0rd2026!',
    'passwordpassword',
    'motdepasse2024',
    'Contraseña-123',
    'Vigie-2026-admin',
  ],
  ...['123456789012', '112233445566', 'azertyuiopqsd', 'qwerty!!QWERTY', '1qaz2wsx3edc', 'poiuytreza12'],
  ...['aaaaaaaaaaab', 'vigievigievigie', 'x-yx-yx-yx-yx-y', 'christopher1', 'correct horse battery staple'],
  ...['AminaBenali12', 'amina.benali!', 'benali-nouvelles', 'كلمةالمرور12'],
])('refuses what is tried first: %s', (password) => {
  expect(refusal(password)).toMatch(/tried first/);
});

it.each([
  ...[
    'three storks over the bay',
    'k7mf2-x9qda-3h8we-9kk2m',
    'my password is a long story',
    'brume-sel-radeau-huit',
  ],
  ...['رافعات في ميناء بعيد', 'amina walks her dog at six', '🦩🦆🦉🐧🦤🐓🦃🦢🐦🦚🦜🐤'],
])('takes what is long and in no list: %s', (password) => {
  expect(refusal(password)).toBeNull();
});

it('asks for 12 to 200 characters, and refuses the address itself', () => {
  expect(refusal('elevenchars')).toMatch(/12 to 200/);
  expect(refusal('é§'.repeat(101))).toMatch(/12 to 200/);
  expect(refusal(' Amina.Benali@nouvelles.ma ')).toBe('Must not be your e-mail address.');
});
