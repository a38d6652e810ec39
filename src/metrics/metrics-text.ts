import { Registry } from 'prom-client';
import { counted, countProcess } from '../telemetry/measures.js';

/** The content type of Prometheus' text format. */
export const METRICS_TYPE = Registry.PROMETHEUS_CONTENT_TYPE;

/** Sets the values of its gauges, which are those of this moment. */
export type Gauges = (registry: Registry) => Promise<void>;

/** All that this process tells Prometheus: what it counted, and what is so at this moment. */
export class MetricsText {
  constructor(private readonly gauges: readonly Gauges[]) {}

  /** Never fails because something that it tells of does. */
  async write(): Promise<string> {
    countProcess();
    // Made anew each time, so that what is not there any more (a site, a kind of job) is not told any more.
    const now = new Registry();
    await Promise.all(this.gauges.map((set) => set(now)));
    return Registry.merge([now, counted]).metrics();
  }
}
