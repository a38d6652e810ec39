import type { FastifyRequest } from 'fastify';
import { browserWords } from './browser-words.js';
import type { AtTheDoor } from './sign-in.js';

/** Who sends a request, as far as signing in wants to know. */
export const atTheDoor = (request: FastifyRequest): AtTheDoor => ({
  sender: request,
  browser: browserWords(request.headers['user-agent']),
});
