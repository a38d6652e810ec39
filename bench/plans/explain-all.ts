import pg from 'pg';

/** A step of a plan, as Postgres tells it. */
export interface Step {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Shared Hit Blocks': number;
  readonly 'Shared Read Blocks': number;
  readonly Plans?: readonly Step[];
}

/** A statement as it ran, with the plan that it had. */
export interface Explained {
  readonly name: string;
  /** `generic`: made once for all values, which is what the hot statements have. */
  readonly mode: 'generic' | 'custom';
  readonly plan: Step;
}

/** A statement of `src/database/statements` as the driver gets it. */
interface Named {
  readonly name: string;
  readonly text: string;
  readonly values?: readonly unknown[];
}

type Query = (
  this: pg.Client,
  ...said: unknown[]
) => Promise<pg.QueryResult<Record<string, [{ Plan: Step }]>>>;

/** What is known of a connection: it is in the middle of a transaction, in which plans go by index. */
interface Place {
  open: boolean;
  indexed: boolean;
  readonly prepared: Map<string, string>;
}

const BY_INDEX = 'plan-by-index';

/**
 * From now on every named statement of this process is explained just before it runs, in its own transaction and with its
 * own values: it is carried out once more, and that is taken back. So what is seen is what really happens, whatever asks for
 * it, and nothing that is asked can be forgotten. Statements of hot transactions have the one plan that they have there
 * (src/database/database.ts); of the others Postgres makes a plan for the values or one for all values as it likes, so both
 * are looked at.
 *
 * @param hear what could be explained; an error is told where Postgres refused
 */
export function explainAll(hear: (explained: Explained | { name: string; error: string }) => void): void {
  const prototype = pg.Client.prototype as unknown as { query: Query };
  const ask = prototype.query;
  const places = new WeakMap<pg.Client, Place>();
  const placeOf = (client: pg.Client): Place => {
    const place = places.get(client) ?? { open: false, indexed: false, prepared: new Map<string, string>() };
    places.set(client, place);
    return place;
  };

  prototype.query = function (this: pg.Client, ...said: unknown[]) {
    const place = placeOf(this);
    const [first] = said;
    if (typeof first === 'string') {
      if (/^\s*(begin|start transaction)/i.test(first)) Object.assign(place, { open: true, indexed: false });
      if (/^\s*(commit|rollback)\s*$/i.test(first)) Object.assign(place, { open: false, indexed: false });
    } else if (isNamed(first)) {
      if (first.name === BY_INDEX) place.indexed = true;
      else if (canBeExplained(first)) explain(this, place, first);
    }
    return ask.apply(this, said);
  };

  /** Everything here is sent ahead of the statement itself, and nobody waits for it. */
  function explain(client: pg.Client, place: Place, { name, text, values = [] }: Named): void {
    const say = (words: string) => ask.call(client, words);
    const tell = (error: unknown): void => {
      // An earlier statement failed, and the transaction with it.
      if ((error as { code?: string }).code !== '25P02') hear({ name, error: String(error) });
    };
    const quiet = (words: string): void => void say(words).catch(() => undefined);
    const known = place.prepared.get(name);
    const alias = known ?? `explained_${place.prepared.size}`;
    if (known === undefined) {
      place.prepared.set(name, alias);
      void say(`prepare ${alias} as ${withoutCursor(text)}`).catch(tell);
    }
    const execute = `execute ${alias}${values.length === 0 ? '' : `(${values.map(literal).join(', ')})`}`;
    for (const mode of place.indexed ? (['generic'] as const) : (['custom', 'generic'] as const)) {
      quiet(place.open ? 'savepoint explained' : 'begin');
      if (!place.indexed) quiet(`set local plan_cache_mode = force_${mode}_plan`);
      void say(`explain (analyze, buffers, timing off, format json) ${execute}`).then(({ rows: [row] }) => {
        const plan = row?.['QUERY PLAN']?.[0].Plan;
        if (plan !== undefined) hear({ name, mode, plan });
      }, tell);
      quiet(place.open ? 'rollback to savepoint explained' : 'rollback');
      if (place.open) quiet('release savepoint explained');
    }
  }
}

const isNamed = (said: unknown): said is Named =>
  typeof said === 'object' && said !== null && typeof (said as { name?: unknown }).name === 'string';

const canBeExplained = ({ text }: Named): boolean =>
  /^\s*(with|select|insert|update|delete|declare)\b/.test(text);

/** What a cursor reads, as far as it goes: to its end. */
const withoutCursor = (text: string): string => text.replace(/^\s*declare\b[^]*?\bcursor\b[^]*?\bfor\b/, '');

/** A value as `execute` has it; without a type, so that it takes the one of its place. */
function literal(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Buffer.isBuffer(value)) return `'\\x${value.toString('hex')}'`;
  if (value instanceof Date) return pg.escapeLiteral(value.toISOString());
  return pg.escapeLiteral(typeof value === 'string' ? value : JSON.stringify(value));
}
