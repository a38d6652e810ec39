/** Vigie, with every plan of every statement as a line of JSON at the end of the file that EXPLAIN_TO names. */
import { appendFileSync } from 'node:fs';
import { explainAll } from './explain-all.js';

const file = process.env['EXPLAIN_TO'];
if (file === undefined) throw new Error('EXPLAIN_TO is not set.');
explainAll((explained) => appendFileSync(file, `${JSON.stringify(explained)}\n`));
// By its address: what it is made of is compiled by another tsconfig.
await import(new URL('../../src/main.js', import.meta.url).href);
