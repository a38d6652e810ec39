import type { Sealed } from '../sealing/sealed.js';

const PREFIX = 'rdr_';
const PURPOSE = 'reader of a case';
const CASE_BYTES = 8;
const REPORTER_BYTES = 16;

/** A reader as one case knows them: its database id, and the hash under which they voted. */
export interface ReaderOfCase {
  readonly caseId: string;
  readonly reporter: Buffer;
}

/**
 * By what staff mean a reader of a case without learning who that is. Of another case the same reader has another handle,
 * and nobody can make one: it is sealed over the case, and whoever presents it must be staff of that case's site.
 */
export function sealReader(sealed: Sealed, { caseId, reporter }: ReaderOfCase): string {
  const payload = Buffer.alloc(CASE_BYTES + REPORTER_BYTES);
  payload.writeBigInt64BE(BigInt(caseId));
  reporter.copy(payload, CASE_BYTES);
  return `${PREFIX}${sealed.seal(PURPOSE, payload)}`;
}

/** Whom a handle means; null where it is none of ours. */
export function openReader(sealed: Sealed, handle: string): ReaderOfCase | null {
  if (!handle.startsWith(PREFIX)) return null;
  const payload = sealed.open(PURPOSE, handle.slice(PREFIX.length));
  if (payload?.length !== CASE_BYTES + REPORTER_BYTES) return null;
  return { caseId: payload.readBigInt64BE().toString(), reporter: payload.subarray(CASE_BYTES) };
}
