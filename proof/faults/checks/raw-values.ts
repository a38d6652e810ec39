import { RAW_ACCOUNT, RAW_ADDRESS } from '../record.js';
import type { Check, Scene } from './check.js';

/** I12: what tells who a reader is stands in no table and no line of a log. */
export const noRawValues: Check = {
  name: 'I12: no account, token, address or network of a reader in any table or log',
  async find(scene) {
    const isRaw = rawPattern(scene);
    const found: string[] = [];
    for (const { table } of (await scene.client.query<{ table: string }>(TABLES)).rows) {
      const { rows } = await scene.client.query<{ line: string }>(`select t::text as line from ${table} t`);
      for (const { line } of rows) {
        const raw = isRaw.exec(line);
        if (raw !== null) found.push(`I12: ${table} has ${raw[0].slice(0, 40)}: ${line.slice(0, 300)}`);
      }
    }
    for (const { name, text } of scene.installation.logs) {
      const raw = isRaw.exec(text);
      if (raw !== null) {
        const around = text.slice(Math.max(0, raw.index - 200), raw.index + 200);
        found.push(`I12: the log of ${name} has ${raw[0].slice(0, 40)}: ${around}`);
      }
    }
    return found;
  },
};

const TABLES = `
  select format('%I.%I', schemaname, tablename) as table from pg_tables where schemaname = 'public' order by 1`;

/** As text, and as bytes, which Postgres shows in hexadecimal digits. */
function rawPattern({ known }: Scene): RegExp {
  const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\-]/g, '\\$&');
  const tokens = [...known.tokens].filter((token) => token.startsWith('dev_'));
  // Of each token the part behind its prefix; of those that sites sign one piece that all have in common is enough.
  const texts = [RAW_ACCOUNT, ...tokens.map((token) => token.slice(4)), 'eyJhbGciOiJIUzI1NiJ9'];
  const hex = texts.map((text) => Buffer.from(text).toString('hex'));
  const address = `${escaped(RAW_ADDRESS)}\\.\\d{1,3}`;
  return new RegExp(
    [...texts.map(escaped), ...hex, address, Buffer.from(`${RAW_ADDRESS}.`).toString('hex')].join('|'),
  );
}
