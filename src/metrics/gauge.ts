import { Gauge, type Registry } from 'prom-client';

type Labels = Readonly<Record<string, string>>;

/** Adds a gauge with its values; null: there is nothing to tell. */
export function gauge(
  registry: Registry,
  name: `vigie_${string}`,
  help: string,
  values: number | null | readonly (readonly [labels: Labels, value: number])[],
): void {
  if (typeof values === 'number' || values === null) {
    const made = new Gauge({ name, help, registers: [registry] });
    // It begins as 0.
    if (values === null) made.remove();
    else made.set(values);
    return;
  }
  const labelNames = [...new Set(values.flatMap(([labels]) => Object.keys(labels)))];
  const made = new Gauge({ name, help, labelNames, registers: [registry] });
  // Without any label it begins as 0, too: there is none where there are no series.
  if (labelNames.length === 0) made.remove();
  for (const [labels, value] of values) made.set(labels, value);
}
