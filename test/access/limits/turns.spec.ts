import { Turns } from '../../../src/access/limits/turns.js';

/** Work that ends when it is told to. */
class Job {
  begun = false;
  end: (error?: Error) => void = () => undefined;
  readonly run = (): Promise<string> => {
    this.begun = true;
    return new Promise((resolve, reject) => {
      this.end = (error) => (error === undefined ? resolve('done') : reject(error));
    });
  };
}

const jobs = (count: number): Job[] => Array.from({ length: count }, () => new Job());
const begun = (all: readonly Job[]): boolean[] => all.map((job) => job.begun);

it('lets so many work at once, the others after them in their order, also after one that failed', async () => {
  const turns = new Turns(2, 10);
  const all = jobs(4);
  const results = Promise.allSettled(all.map((job) => turns.take(job.run)));
  await new Promise(setImmediate);
  expect(begun(all)).toEqual([true, true, false, false]);
  all[1]?.end(new Error('failed'));
  await new Promise(setImmediate);
  expect(begun(all)).toEqual([true, true, true, false]);
  all[2]?.end();
  await new Promise(setImmediate);
  expect(begun(all)).toEqual([true, true, true, true]);
  all[0]?.end();
  all[3]?.end();
  expect((await results).map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
  ]);
  const [later] = jobs(1);
  const last = turns.take(later?.run ?? (() => Promise.resolve('')));
  await new Promise(setImmediate);
  expect(later?.begun).toBe(true);
  later?.end();
  expect(await last).toBe('done');
});

it('refuses whom the line has no place for, and takes others when there is one again', async () => {
  const turns = new Turns(1, 1);
  const [first, second, third] = jobs(3) as [Job, Job, Job];
  const one = turns.take(first.run);
  const two = turns.take(second.run);
  await new Promise(setImmediate);
  await expect(turns.take(third.run)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  expect(third.begun).toBe(false);
  first.end();
  await one;
  const three = turns.take(third.run);
  await new Promise(setImmediate);
  expect([second.begun, third.begun]).toEqual([true, false]);
  second.end();
  await two;
  await new Promise(setImmediate);
  third.end();
  expect(await three).toBe('done');
});
