/** A failure whose message may be shown to whoever chose the address. */
export class OutboundFailure extends Error {
  override readonly name = 'OutboundFailure';
}

const SENTENCES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'The connection was refused.',
  ECONNRESET: 'The connection was closed before there was an answer.',
  EPIPE: 'The connection was closed before there was an answer.',
  ETIMEDOUT: 'The host can not be reached.',
  EHOSTUNREACH: 'The host can not be reached.',
  ENETUNREACH: 'The host can not be reached.',
  CERT_HAS_EXPIRED: 'Its certificate has expired.',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'Its certificate is signed by itself, so nobody vouches for it.',
  SELF_SIGNED_CERT_IN_CHAIN: 'Its certificate comes from an authority that is not trusted here.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'Its certificate can not be verified: is an intermediate one missing?',
  ERR_TLS_CERT_ALTNAME_INVALID: 'Its certificate is for another host.',
  HPE_HEADER_OVERFLOW: 'The headers of the answer are too large.',
};

/** In a sentence without addresses: what a name resolves to inside our network is nobody's business. */
export function explainFailure(error: unknown): string {
  if (error instanceof OutboundFailure) return error.message;
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code !== 'string') return 'The request failed.';
  return SENTENCES[code] ?? `The request failed (${code}).`;
}
