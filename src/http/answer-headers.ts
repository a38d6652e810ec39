import type { OutgoingHttpHeaders } from 'node:http';

/** Seconds for which a browser that came by https asks by nothing else: a year. */
const HTTPS_FOR = 31_536_000;

/** Directives of a Content-Security-Policy beside those that every one of ours has. */
export type Directives = Readonly<Record<string, string>>;

/**
 * A Content-Security-Policy that allows what is named and nothing else: no script, style or picture, no frame inside or around,
 * no form that a browser sends by itself.
 */
export function contentPolicy(allowed: Directives = {}): string {
  const directives: Directives = {
    'default-src': "'none'",
    ...allowed,
    'object-src': "'none'",
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
  };
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');
}

/**
 * What every answer begins with, whoever gives it: an answer that says nothing of itself is no page, is read by no other
 * origin, is kept by no cache, and is what its type says. Routes that mean to be more open say so themselves.
 *
 * @param publicUrl where people reach us; only under https do browsers heed Strict-Transport-Security (RFC 6797, 7.2)
 */
export function answerHeaders(publicUrl: string): Readonly<Record<string, string>> {
  return {
    'content-security-policy': contentPolicy(),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
    ...(publicUrl.startsWith('https:') ? { 'strict-transport-security': `max-age=${HTTPS_FOR}` } : {}),
  };
}

/** What every page has in their place and beside them. @param policy of `contentPolicy` */
export function pageHeaders(policy: string) {
  return {
    'content-security-policy': policy,
    // For what is older than frame-ancestors.
    'x-frame-options': 'DENY',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
  } as const satisfies OutgoingHttpHeaders;
}
