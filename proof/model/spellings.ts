/** Spellings that no server tells apart (behaviour 15). */
export const SPELLINGS: readonly ((slug: string, n: number) => string)[] = [
  (slug, n) => `https://cdn.${slug}.ma/${n}.jpg`,
  (slug, n) => `HTTPS://CDN.${slug}.ma:443/${n}.jpg`,
  (slug, n) => `https://cdn.${slug}.ma/a/../${n}.jpg?utm_source=x#y`,
  (slug, n) => `https://cdn.${slug}.ma/./%${(0x30 + n).toString(16)}.jpg`,
];
