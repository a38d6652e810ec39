/** Why the service does not take an address, by how its own sentence begins. */
const SENTENCES = [
  ['Must be an address such as', 'shape'],
  ['Must be an address that no other', 'taken'],
  ['Must begin with https://', 'https'],
  ['Must hold no user', 'user'],
  ['Must not be a private', 'private'],
  ['Must have at most', 'long'],
] as const;

/** @param detail what the service says of the field */
export const whyWrongUrl = (detail: string): (typeof SENTENCES)[number][1] | 'other' =>
  SENTENCES.find(([sentence]) => detail.startsWith(sentence))?.[1] ?? 'other';
