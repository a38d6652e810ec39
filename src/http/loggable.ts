import { inTypeScript } from './typescript-lines.js';

/** How deep an error's causes are followed. */
const CAUSES = 3;

/** Addresses, of people too, and everything this service hands out that opens a door: keys, links, receipts, device tokens. */
const PRIVATE: readonly [RegExp, string][] = [
  [/\b(?:https?|postgres(?:ql)?|rediss?|smtps?):\/\/[^\s"'<>]+/gi, '[address]'],
  [/\bvg_(pub|sec|stf)_\w+/g, 'vg_$1_[key]'],
  [/\bvg_lnk_[\w-]+/g, 'vg_lnk_[link]'],
  [/\b(rcp|dev|snp)_[\w-]+/g, '$1_[token]'],
  // Not what follows a slash, as packages do in the paths of a stack. Some servers put a person's address into their refusals.
  [/[^\s@<>()[\]{}"',:;/\\]{1,254}@[^\s@<>()[\]{}"',:;/\\]+/gu, '[e-mail]'],
];

export interface LoggedError {
  readonly [more: string]: unknown;
  readonly type: string;
  readonly message: string;
  readonly stack: string;
}

/**
 * What of an error is logged: name, code, message and stack, without addresses, keys and receipts. Its other properties
 * are left out: a database error carries the values of its statement, readers' data among them.
 */
export function loggable(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error))
    return { type: typeof error, message: 'Not an Error was thrown.', stack: '' };
  const { cause } = error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return {
    type: error.name,
    ...(code === undefined ? {} : { code }),
    message: withoutPrivate(error.message),
    stack: withoutPrivate(inTypeScript(error.stack ?? '')),
    ...(cause instanceof Error && depth < CAUSES ? { cause: loggable(cause, depth + 1) } : {}),
  };
}

/** A text without addresses, keys, links, receipts and tokens. */
export function withoutPrivate(text: string): string {
  return PRIVATE.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), text);
}
