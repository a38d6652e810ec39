import type { Attributes, Context, Link, Span } from '@opentelemetry/api';
import pTimeout from 'p-timeout';
import { type BegunSpan, type SpanParts, type Tracing, useTracing } from './tracing.js';

/** What is left of a stop for spans that were not sent yet, in milliseconds: a collector that is gone holds nobody up. */
const FLUSH_PATIENCE = 3_000;

/** Whether the environment asks for traces, as OpenTelemetry's own specification has it. */
export function wantsTraces(env: NodeJS.ProcessEnv): boolean {
  if (env['OTEL_SDK_DISABLED']?.toLowerCase() === 'true' || env['OTEL_TRACES_EXPORTER'] === 'none')
    return false;
  // One that is empty is one that is not set.
  return Boolean(env['OTEL_EXPORTER_OTLP_ENDPOINT']) || Boolean(env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT']);
}

/**
 * Loads OpenTelemetry and sends spans by OTLP over HTTP, in the background and in batches, where the environment asks for it
 * (its standard variables say where to, with which headers, and how many are kept). Whatever the collector does, nobody waits
 * for it: what it does not take is dropped.
 *
 * @returns how to end: what was not sent yet is sent, for three seconds at most
 */
export async function startTracing(
  env: NodeJS.ProcessEnv,
  resource: Attributes,
): Promise<() => Promise<void>> {
  if (!wantsTraces(env)) return () => Promise.resolve();
  const [api, { BatchSpanProcessor, NodeTracerProvider }, { OTLPTraceExporter }, resources] =
    await Promise.all([
      import('@opentelemetry/api'),
      import('@opentelemetry/sdk-trace-node'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
    ]);
  const { defaultResource, detectResources, envDetector, resourceFromAttributes } = resources;
  const named = resourceFromAttributes({ 'service.name': 'vigie', ...resource });
  const provider = new NodeTracerProvider({
    // What the environment says wins.
    resource: defaultResource()
      .merge(named)
      .merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  provider.register();
  useTracing(tracingWith(api));
  return async () => {
    useTracing(null);
    await pTimeout(provider.shutdown(), { milliseconds: FLUSH_PATIENCE }).catch(() => undefined);
    api.trace.disable();
    api.context.disable();
    api.propagation.disable();
  };
}

function tracingWith({
  context,
  propagation,
  SpanKind,
  SpanStatusCode,
  trace,
}: typeof import('@opentelemetry/api')): Tracing {
  const tracer = trace.getTracer('vigie');
  const within = (span: Span): Context => trace.setSpan(context.active(), span);
  return {
    run<T>(
      name: string,
      { attributes = {}, links = [], kind, root }: SpanParts,
      work: (span: Span) => Promise<T>,
    ) {
      const options = {
        attributes,
        links: [...links],
        ...(kind === undefined ? {} : { kind }),
        ...(root === true ? { root } : {}),
      };
      const span = tracer.startSpan(name, options);
      return context.with(within(span), async () => {
        try {
          return await work(span);
        } catch (error) {
          // Its message may hold what somebody wrote.
          const type = error instanceof Error ? error.name : typeof error;
          span.setAttribute('error.type', type).setStatus({ code: SpanStatusCode.ERROR });
          throw error;
        } finally {
          span.end();
        }
      });
    },
    begin(name, attributes, headers): BegunSpan {
      const parent = propagation.extract(context.active(), headers);
      const span = tracer.startSpan(name, { attributes, kind: SpanKind.SERVER }, parent);
      return { span, within: (work) => context.with(trace.setSpan(parent, span), work) };
    },
    here(): Link | null {
      const span = trace.getActiveSpan();
      return span === undefined ? null : { context: span.spanContext() };
    },
    headers() {
      const carrier: Record<string, string> = {};
      propagation.inject(context.active(), carrier);
      return carrier;
    },
  };
}
