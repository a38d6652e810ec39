import { VigieClientError } from './client-error.js';

/** UTF-16 code units. The service writes a thousand addresses a line at most: of the greatest length, some 2,100,000. */
const LONGEST_LINE = 1 << 22;

/** The lines of a body, without their ends (LF or CRLF); the last one also when nothing ends it. */
export async function* readLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > LONGEST_LINE)
      throw new VigieClientError('PROTOCOL', 'The service sent a line without an end.');
    for (const line of lines) yield line.endsWith('\r') ? line.slice(0, -1) : line;
  }
  rest += decoder.decode();
  if (rest !== '') yield rest;
}
