import type { ServerFacts } from './statements/server/server-facts.js';

/** The oldest Postgres that Vigie is tested with. */
export const OLDEST_POSTGRES = 14;

/**
 * What of a database makes answers come out wrong, in a sentence that says what to do; null: nothing. Debian makes a Postgres whose databases
 * have no encoding where no locale is set: there a letter of Arabic counts as two, and whatever is long is refused.
 */
export function unfitSettings(
  facts: Pick<ServerFacts, 'encoding' | 'dateStyle' | 'isolation'>,
): string | null {
  const { encoding, dateStyle, isolation } = facts;
  if (encoding !== 'UTF8') {
    return (
      `This database is encoded as ${encoding}, not as UTF8: make another one ` +
      `("create database vigie encoding 'UTF8' template template0"), and name it in DATABASE_URL.`
    );
  }
  // The driver reads no other.
  if (!dateStyle.startsWith('ISO')) return mustBe('DateStyle', dateStyle, 'ISO');
  // Whoever waited for a lock looks at what stands after it.
  if (isolation !== 'read committed')
    return mustBe('default_transaction_isolation', isolation, 'read committed');
  return null;
}

const mustBe = (setting: string, is: string, wanted: string): string =>
  `${setting} of this database is "${is}", and Vigie needs "${wanted}": run "alter database ... set ${setting} = ` +
  `'${wanted}'", and the same for its user if that does not help.`;
