import { type Agent, request } from 'node:http';
import type { FuzzAnswer, FuzzRequest } from './request.js';

/** Milliseconds in which an answer must be there: a long poll of a second, and room for a machine that is busy. */
const PATIENCE = 60_000;

/** How long a stream is listened to: its head is what is looked at. */
const LISTENED = 150;

/** What was said instead of an answer. */
class NoAnswer extends Error {}

/**
 * Sends a request as it is.
 * @throws NoAnswer when the connection ends without an answer, or there is none in time
 */
export function send(given: FuzzRequest, port: number, agent: Agent): Promise<FuzzAnswer> {
  return new Promise((resolve, reject) => {
    let settled = false;
    const settle = (end: () => void): void => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      end();
    };
    const sent = request(
      {
        host: '127.0.0.1',
        port,
        agent,
        method: given.method,
        path: given.url,
        headers: {
          ...given.headers,
          ...(given.body === undefined ? {} : { 'content-length': given.body.length }),
        },
      },
      (response) => {
        const parts: Buffer[] = [];
        const answer = (): FuzzAnswer => ({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(parts).toString('utf8'),
        });
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => settle(() => resolve(answer())));
        response.on('error', (error) => settle(() => reject(new NoAnswer(`it broke off: ${error.message}`))));
        if (/^text\/event-stream/.test(response.headers['content-type'] ?? '')) {
          setTimeout(() => {
            settle(() => resolve(answer()));
            sent.destroy();
          }, LISTENED).unref();
        }
      },
    );
    const timer = setTimeout(() => {
      settle(() => reject(new NoAnswer(`no answer within ${PATIENCE / 1_000} s`)));
      sent.destroy();
    }, PATIENCE);
    sent.on('error', (error) => settle(() => reject(new NoAnswer(error.message))));
    sent.end(given.body);
  });
}
