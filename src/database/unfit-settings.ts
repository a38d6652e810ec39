import type { ServerFacts } from './statements/server/server-facts.js';

/**
 * What of a database makes answers come out wrong, in a sentence that says what to do; null: nothing. Debian makes a Postgres whose databases
 * have no encoding where no locale is set: there a letter of Arabic counts as two, and whatever is long is refused.
 */
export function unfitSettings({
  encoding,
  dateStyle,
}: Pick<ServerFacts, 'encoding' | 'dateStyle'>): string | null {
  if (encoding !== 'UTF8') {
    return (
      `This database is encoded as ${encoding}, not as UTF8: make another one ` +
      `("create database vigie encoding 'UTF8' template template0"), and name it in DATABASE_URL.`
    );
  }
  // The driver reads no other.
  if (!dateStyle.startsWith('ISO')) {
    return (
      `This database writes times as "${dateStyle}", which Vigie does not read: ` +
      `run "alter database ... set DateStyle = 'ISO'", and the same for its user if that does not help.`
    );
  }
  return null;
}
