/** How often each route answered how. */
export class Tally {
  private readonly routes = new Map<string, Map<string, number>>();

  /** @param outcome the status, or why there is none */
  count(route: string, outcome: number | string): void {
    const counts = this.routes.get(route) ?? new Map<string, number>();
    const column = typeof outcome === 'number' ? `${Math.floor(outcome / 100)}xx` : 'none';
    counts.set(column, (counts.get(column) ?? 0) + 1);
    this.routes.set(route, counts);
  }

  /** Routes that never did what was asked for. */
  neverDone(routes: readonly string[]): string[] {
    return routes.filter(
      (route) => !['2xx', '3xx'].some((column) => this.routes.get(route)?.has(column) === true),
    );
  }

  /** A line for each route. */
  table(): string[] {
    const columns = ['2xx', '3xx', '4xx', '5xx', 'none'];
    const width = Math.max(...[...this.routes.keys()].map((route) => route.length));
    const line = (route: string, cells: readonly string[]): string =>
      `${route.padEnd(width)}${cells.map((cell) => cell.padStart(8)).join('')}`;
    return [
      line('', columns),
      ...[...this.routes]
        .sort(([a], [b]) => a.split(' ').reverse().join().localeCompare(b.split(' ').reverse().join()))
        .map(([route, counts]) =>
          line(
            route,
            columns.map((column) => String(counts.get(column) ?? '')),
          ),
        ),
    ];
  }
}
