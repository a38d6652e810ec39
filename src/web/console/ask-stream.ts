import { tellUse } from './activity.js';
import { door, Problem, problemOf } from './api.js';
import { eventsIn, type ServerSent } from './server-sent.js';

/**
 * Posts a question whose answer comes in events, as far as it is known, by the session's cookie.
 *
 * @param onEvent for each, in order
 * @throws Problem for a refusal; status 0 when nobody answered, or the answer broke off
 */
export async function askStream(
  path: string,
  body: unknown,
  abort: AbortSignal,
  onEvent: (event: ServerSent) => void,
): Promise<void> {
  const answer = await post(path, body, abort);
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  try {
    for (;;) {
      const read = await reader?.read();
      if (read === undefined || read.done) return;
      const { events, rest } = eventsIn(text + read.value);
      text = rest;
      for (const event of events) onEvent(event);
    }
  } catch (error) {
    if (abort.aborted || error instanceof Problem) throw error;
    throw new Problem({ status: 0 });
  }
}

async function post(path: string, body: unknown, abort: AbortSignal, isAgain = false): Promise<Response> {
  if (door.isClosed) throw new Problem({ status: 401 });
  tellUse();
  let answer: Response;
  try {
    answer = await fetch(path, {
      method: 'POST',
      headers: {
        accept: 'text/event-stream',
        'content-type': 'application/json',
        'x-vigie-csrf': door.csrfToken,
      },
      credentials: 'same-origin',
      cache: 'no-store',
      body: JSON.stringify(body),
      signal: abort,
    });
  } catch (error) {
    if (abort.aborted) throw error;
    throw new Problem({ status: 0 });
  }
  if (answer.ok) return answer;
  const problem = problemOf(answer.status, await answer.text());
  if (problem.status === 401) door.onSignedOut();
  if (problem.body['next'] === 'reload' && !isAgain && (await door.renew()))
    return post(path, body, abort, true);
  throw problem;
}
