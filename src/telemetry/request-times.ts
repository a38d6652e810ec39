type Labels = Readonly<Record<'method' | 'route' | 'status', string>>;

/** Requests of one method to one route that were answered alike. */
interface Series {
  readonly labels: Labels;
  /** By bucket; those of the lower ones are not among them, and the last one is of what takes longer than all bounds. */
  readonly counts: number[];
  sum: number;
}

/** How long the answers of a route took, to be told of each: its method, its class of status, seconds. */
export type RouteTimes = (method: string, status: string, seconds: number) => void;

/**
 * A histogram of the times of requests, told to Prometheus as prom-client tells its own, to the letter
 * (test/telemetry/request-times.spec.ts). That one makes a text of the labels for every observation and looks it up, which cost
 * 2.3 of the 25 us that a state takes of Node beside the socket (`--cpu-prof`); here a route finds its own by two short words.
 */
export class RequestTimes {
  private readonly routes = new Map<string, Series[]>();

  /** @param buckets their upper bounds in seconds, rising */
  constructor(
    readonly name: string,
    private readonly help: string,
    private readonly buckets: readonly number[],
  ) {}

  /** Once for each route, whose methods and kinds of status are few. */
  of(route: string): RouteTimes {
    const known = this.routes.get(route) ?? [];
    this.routes.set(route, known);
    return (method, status, seconds) => {
      let series = known.find(({ labels }) => labels.method === method && labels.status === status);
      if (series === undefined) {
        series = { labels: { method, route, status }, counts: this.noCounts(), sum: 0 };
        known.push(series);
      }
      this.count(series, seconds);
    };
  }

  /** What a registry of prom-client asks of a metric. */
  get() {
    const values = [...this.routes.values()].flat().flatMap((series) => this.told(series));
    return Promise.resolve({
      name: this.name,
      help: this.help,
      type: 'histogram',
      aggregator: 'sum',
      values,
    });
  }

  /** Forgets all that was told. */
  reset(): void {
    for (const series of [...this.routes.values()].flat()) {
      series.counts.fill(0);
      series.sum = 0;
    }
  }

  private noCounts(): number[] {
    return [...this.buckets, Infinity].map(() => 0);
  }

  private count(series: Series, seconds: number): void {
    let bucket = 0;
    while (seconds > (this.buckets[bucket] ?? Infinity)) bucket += 1;
    series.counts[bucket] = (series.counts[bucket] ?? 0) + 1;
    series.sum += seconds;
  }

  private told({ labels, counts, sum }: Series) {
    let total = 0;
    const buckets = [...this.buckets, '+Inf'].map((le, index) => {
      total += counts[index] ?? 0;
      return { metricName: `${this.name}_bucket`, labels: { le, ...labels }, value: total };
    });
    return [
      ...buckets,
      { metricName: `${this.name}_sum`, labels, value: sum },
      { metricName: `${this.name}_count`, labels, value: total },
    ];
  }
}
