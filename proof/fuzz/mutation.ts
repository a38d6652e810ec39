import type { Seeded } from '../../test/setup/seeded.js';
import type { FuzzRequest } from './request.js';

/** One way to spoil a request: its name, for people, and how. */
export interface Mutation {
  readonly name: string;
  apply(request: FuzzRequest, random: Seeded): FuzzRequest;
}

/** More than any route takes. */
export const LARGE = 2 << 20;

export const withBody = (request: FuzzRequest, text: string | Buffer): FuzzRequest => ({
  ...request,
  headers: { 'content-type': 'application/json', ...request.headers },
  body: Buffer.from(text as string),
});

export const withHeader = (request: FuzzRequest, name: string, value: string): FuzzRequest => ({
  ...request,
  headers: { ...request.headers, [name]: value },
});

/** What goes over the wire as it is: nothing that Node itself would refuse to send. */
export const encoded = (text: string): string =>
  encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'));
