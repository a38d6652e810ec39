/** A line of the text format: `name{label="value"} number`. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface Family {
  readonly name: string;
  readonly help: string;
  readonly type: string;
  readonly samples: Sample[];
}

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;

/**
 * Reads what Prometheus reads, and refuses what `promtool check metrics` refuses: samples without HELP and TYPE, families
 * that come twice, the same series twice, names and suffixes that are against the conventions.
 */
export function parseMetrics(text: string): Map<string, Family> {
  if (!text.endsWith('\n')) throw new Error('the last line does not end');
  const families = new Map<string, Family>();
  const seen = new Set<string>();
  let help: [string, string] | null = null;
  let family: Family | null = null;
  for (const line of text.split('\n').filter((one) => one !== '')) {
    const [, helped, words] = /^# HELP (\S+) (.+)$/.exec(line) ?? [];
    const [, typed, type] = /^# TYPE (\S+) (counter|gauge|histogram|summary)$/.exec(line) ?? [];
    if (helped !== undefined) help = [helped, words ?? ''];
    else if (typed !== undefined) {
      if (help?.[0] !== typed) throw new Error(`no HELP before TYPE: ${line}`);
      if (families.has(typed)) throw new Error(`twice: ${typed}`);
      family = { name: typed, help: help[1], type: type ?? '', samples: [] };
      families.set(typed, family);
    } else if (line.startsWith('#')) throw new Error(`no comment that is known: ${line}`);
    else {
      const sample = sampleOf(line);
      const base = sample.name.replace(/_(bucket|sum|count)$/, '');
      if (
        family === null ||
        (family.name !== sample.name && (family.type !== 'histogram' || family.name !== base))
      )
        throw new Error(`a sample of no family: ${line}`);
      const series = line.slice(0, line.lastIndexOf(' '));
      if (seen.has(series)) throw new Error(`twice: ${series}`);
      seen.add(series);
      family.samples.push(sample);
    }
  }
  for (const one of families.values()) checkFamily(one);
  return families;
}

function sampleOf(line: string): Sample {
  const [, name = '', inner = '', number = ''] = /^([^{ ]+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
  if (!NAME.test(name)) throw new Error(`no name: ${line}`);
  const labels: Record<string, string> = {};
  const rest = inner.replaceAll(
    /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)",?/g,
    (_, label: string, value: string) => {
      labels[label] = value;
      return '';
    },
  );
  const value = number === '+Inf' ? Infinity : Number(number);
  // Of an event loop that was not measured since the scrape before.
  const isNotMeasured = /^nan$/i.test(number) && name.startsWith('nodejs_eventloop_');
  if (rest !== '' || (Number.isNaN(value) && !isNotMeasured)) throw new Error(`not to be read: ${line}`);
  return { name, labels, value };
}

function checkFamily({ name, help, type, samples }: Family): void {
  if (!name.startsWith('vigie_')) return;
  const wrong = (what: string): never => {
    throw new Error(`${name}: ${what}`);
  };
  if (!/^[A-Z].{10,}\.$/.test(help)) wrong('its HELP is no sentence');
  if (name !== name.toLowerCase()) wrong('capitals');
  if ((type === 'counter') !== name.endsWith('_total')) wrong('counters end in _total, and nothing else');
  if (/_(milliseconds|ms|minutes|hours|kilobytes|megabytes|kb|mb)(_|$)/.test(name)) wrong('not a base unit');
  if (/_(age|duration|latency|offset)$/.test(name)) wrong('no unit');
  if (/(gauge|counter|histogram)/.test(name)) wrong('its type is in its name');
  for (const { labels } of samples) {
    if ('le' in labels && type !== 'histogram') wrong('le is for histograms');
  }
}

/** The value of one series; undefined when there is none. */
export const valueOf = (
  families: ReadonlyMap<string, Family>,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number | undefined => {
  const base = name.replace(/_(bucket|sum|count)$/, '');
  const samples = (families.get(name) ?? families.get(base))?.samples ?? [];
  return samples.find(
    (sample) =>
      sample.name === name &&
      Object.entries(labels).every(([label, value]) => sample.labels[label] === value),
  )?.value;
};
