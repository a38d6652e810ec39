/** One event of a stream (WHATWG HTML, 9.2). */
export interface ServerSent {
  readonly event: string;
  readonly data: string;
}

/** The events that are whole in a text, and what is left of it for when more comes. */
export function eventsIn(text: string): { readonly events: readonly ServerSent[]; readonly rest: string } {
  const blocks = text.split(/\r?\n\r?\n/);
  const rest = blocks.pop() ?? '';
  const events = blocks.flatMap((block): ServerSent[] => {
    const lines = block.split(/\r?\n/).map((line) => /^(event|data): ?(.*)$/.exec(line));
    const data = lines.flatMap((line) => (line?.[1] === 'data' ? [line[2] ?? ''] : []));
    // A comment keeps the connection open, and says nothing.
    if (data.length === 0) return [];
    const named = lines.find((line) => line?.[1] === 'event');
    return [{ event: named?.[2] ?? 'message', data: data.join('\n') }];
  });
  return { events, rest };
}
