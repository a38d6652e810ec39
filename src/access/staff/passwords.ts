import { hash, verify } from '@node-rs/argon2';
import { randomInt } from 'node:crypto';

/** Without 0, 1, l and o: it is read aloud and typed. 32 characters, five bits each. */
const ALPHABET = '23456789abcdefghijkmnpqrstuvwxyz';

/** OWASP's first choice for argon2id (Password Storage Cheat Sheet): 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** A password of 100 random bits, such as `k7mf2-x9qda-...`. */
export const makePassword = (): string => randomGroups(4, 5);

/** So many groups of so many characters, each of five random bits. */
export function randomGroups(groups: number, length: number): string {
  const group = () => Array.from({ length }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('');
  return Array.from({ length: groups }, group).join('-');
}

/** What is stored of a password (argon2id, PHC format). Keyboards write some letters in two ways: they are the same here. */
export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFKC'), COST);

/** Whether this is the password of which that was stored. What is no hash is nobody's, and takes as long. */
export async function verifyPassword(stored: string, password: string): Promise<boolean> {
  const text = password.normalize('NFKC');
  try {
    return await verify(stored, text);
  } catch {
    await verify(nobodysPassword(), text);
    return false;
  }
}

/** What takes as long to verify as anybody's, and is nobody's: its hash is all zeros. */
export function nobodysPassword(): string {
  const base64 = (bytes: number): string => Buffer.alloc(bytes).toString('base64').replace(/=+$/, '');
  const { memoryCost, timeCost, parallelism } = COST;
  return `$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$${base64(16)}$${base64(32)}`;
}
