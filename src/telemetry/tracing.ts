import type { Attributes, Context, Link, Span, SpanKind } from '@opentelemetry/api';

/** What spans are made with; OpenTelemetry's own, where it was started. */
export interface Tracing {
  /** A span below the one that is under way where this is called, or of a trace of its own; it is under way in `work`. */
  run<T>(name: string, options: SpanParts, work: (span: Span) => Promise<T>): Promise<T>;
  /** The span of a request; `headers` may say whose trace it belongs to (W3C Trace Context). Not yet under way. */
  begin(name: string, attributes: Attributes, headers: Readonly<Record<string, unknown>>): BegunSpan;
  /** A reference to the span that is under way, for another to link to. */
  here(): Link | null;
  /** The headers that tell whoever is asked of the span that is under way. */
  headers(): Record<string, string>;
}

export interface SpanParts {
  readonly attributes?: Attributes;
  readonly links?: readonly Link[];
  readonly kind?: SpanKind;
  /** A trace of its own, whatever is under way. */
  readonly root?: boolean;
}

/** A span that goes on over several calls. */
export interface BegunSpan {
  readonly span: Span;
  /** Calls `work` with the span under way, in all that it begins, too. */
  within(work: () => void): void;
}

export type { Attributes, Context, Link, Span };

let tracing: Tracing | null = null;

/** From now on there are spans; null: none, as before the first call. */
export function useTracing(started: Tracing | null): void {
  tracing = started;
}

/** Null unless the operator asked for traces: then nothing of OpenTelemetry is loaded, and nobody pays for it. */
export const activeTracing = (): Tracing | null => tracing;

/**
 * Does something within a span, where there are spans. Attributes hold nothing of a reader, of staff, or of a picture: no
 * address, no key, no text, only numbers, kinds, and the ids of requests and jobs.
 */
export function inSpan<T>(
  name: string,
  parts: SpanParts,
  work: (span: Span | null) => Promise<T>,
): Promise<T> {
  return tracing === null ? work(null) : tracing.run(name, parts, work);
}
