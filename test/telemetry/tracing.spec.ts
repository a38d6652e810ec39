import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../src/config/project-root.js';
import { startTracing, wantsTraces } from '../../src/telemetry/start-tracing.js';
import { activeTracing, inSpan } from '../../src/telemetry/tracing.js';

const ENDPOINT = 'http://127.0.0.1:4318';

it.each([
  [{}, false],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: '' }, false],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: ENDPOINT }, true],
  [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: ENDPOINT }, true],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: '', OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: ENDPOINT }, true],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: ENDPOINT, OTEL_SDK_DISABLED: 'true' }, false],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: ENDPOINT, OTEL_TRACES_EXPORTER: 'none' }, false],
])('are there traces with %j? %s', (env, wanted) => {
  expect(wantsTraces(env)).toBe(wanted);
});

describe('without traces', () => {
  it('does the work, and nothing else', async () => {
    const end = await startTracing({}, {});
    expect(activeTracing()).toBeNull();
    expect(await inSpan('work', {}, (span) => Promise.resolve(span))).toBeNull();
    await expect(inSpan('work', {}, () => Promise.reject(new Error('it failed')))).rejects.toThrow(
      'it failed',
    );
    await end();
  });

  it('loads nothing of OpenTelemetry: one file imports it, and only when it is asked to', () => {
    const folder = path.join(projectRoot(), 'src');
    const loading = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) => {
        const text = readFileSync(path.join(folder, file), 'utf8');
        return [...text.matchAll(/^(.*)'@opentelemetry\/[^']+'/gm)]
          .map(([, before = '']) => before)
          .filter((before) => !/import type|typeof import\(/.test(before))
          .map((before) => `${file}: ${before.trim()}`);
      });
    expect(new Set(loading)).toEqual(new Set([path.join('telemetry', 'start-tracing.ts') + ': import(']));
  });
});
