import { Registry } from 'prom-client';
import { gauge } from '../../src/metrics/gauge.js';

const told = async (...values: Parameters<typeof gauge>[3][]): Promise<string[]> => {
  const registry = new Registry();
  values.forEach((value, index) => gauge(registry, `vigie_gauge_${index}`, 'A gauge of the test.', value));
  return (await registry.metrics()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
};

it('tells a number, also 0, and nothing where there is nothing to tell', async () => {
  expect(await told(5, 0, null)).toEqual(['vigie_gauge_0 5', 'vigie_gauge_1 0']);
});

it('tells one series for each value, and none where there are no values', async () => {
  expect(
    await told(
      [
        [{ kind: 'a' }, 1],
        [{ kind: 'b' }, 0],
      ],
      [],
    ),
  ).toEqual(['vigie_gauge_0{kind="a"} 1', 'vigie_gauge_0{kind="b"} 0']);
});
