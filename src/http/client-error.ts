import { randomUUID } from 'node:crypto';
import { STATUS_CODES, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { countProblem, PROBLEM_TYPE } from './send-problem.js';
import { problemOf, type ProblemCode } from './problems.js';

const CODES: Readonly<Record<string, ProblemCode>> = {
  HPE_HEADER_OVERFLOW: 'HEADERS_TOO_LARGE',
  ERR_HTTP_REQUEST_TIMEOUT: 'TIMEOUT',
};

/**
 * Answers what is not HTTP, or too much of it: there is no request yet, so the answer is written to the socket.
 *
 * @param headers that it has as every other answer
 */
export function clientErrorAnswer(headers: Readonly<Record<string, string>>) {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return (error: NodeJS.ErrnoException, socket: Socket): void => answer(error, socket, lines.join(''));
}

/** Connections of which an answer is under way, and what comes after it can not be read. */
const waiting = new WeakSet<Socket>();

/** As Node keeps it: the answer that goes over the socket now. Its own handling of these errors reads it, too. */
type Answering = Socket & { readonly _httpMessage?: ServerResponse | null };

function answer(error: NodeJS.ErrnoException, socket: Answering, headers: string): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const before = socket._httpMessage;
  // Requests that came whole before this on the same connection are being answered: whoever reads this first takes it for
  // their answer. What else comes over it is not looked at.
  if (before != null && before.req.complete && !before.writableFinished) {
    if (waiting.has(socket)) return;
    waiting.add(socket);
    before.once('finish', () => {
      waiting.delete(socket);
      answer(error, socket, headers);
    });
    return;
  }
  if (socket.writable) {
    const requestId = randomUUID();
    const problem = problemOf(CODES[error.code ?? ''] ?? 'BAD_REQUEST', requestId);
    const body = JSON.stringify(problem);
    countProblem(problem);
    socket.write(
      `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}\r\n` +
        `Content-Type: ${PROBLEM_TYPE}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n` +
        `X-Request-Id: ${requestId}\r\n${headers}Connection: close\r\n\r\n${body}`,
    );
  }
  socket.destroy(error);
}
