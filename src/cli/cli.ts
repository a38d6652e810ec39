/** What a command has to do with the world: its settings, what it prints, how it ends. */
export interface Cli {
  readonly env: NodeJS.ProcessEnv;
  /** One line of the answer. */
  print(line: string): void;
  /** One line for the person who waits: progress, what is wrong. Never part of the answer. */
  tell(line: string): void;
  /** Standard input. */
  input(): AsyncIterable<Buffer>;
  /** Where a person watches, for what moves; null where nobody does. */
  readonly terminal: NodeJS.WriteStream | null;
  /** 0: done; 1: it could not be done, or something is off; 2: the command itself is wrong. */
  exitCode: 0 | 1 | 2;
}

/** Prints the answer: for people, or as one line of JSON. */
export function answer(cli: Cli, json: boolean | undefined, result: unknown, lines: readonly string[]): void {
  if (json === true) cli.print(JSON.stringify(result));
  else for (const line of lines) cli.print(line);
}

/** What a terminal takes for an order: to clear the screen, to rename the window. Lines and tabs are none. */
const ORDERS = /(?![\t\n])\p{Cc}/gu;

/** The same, where what files, sites and servers said is shown and not obeyed; what was JSON is the same JSON. */
export const withoutOrders = (cli: Cli): Cli => ({
  ...cli,
  print: (line) => cli.print(shown(line)),
  tell: (line) => cli.tell(shown(line)),
});

const shown = (line: string): string =>
  line.replace(ORDERS, (order) => `\\u${order.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Columns side by side, two spaces apart. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map((cell, column) => Math.max(cell.length, widest[column] ?? 0)),
    [],
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
