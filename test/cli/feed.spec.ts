import { type TestCli, startCli } from './start-cli.js';

let cli: TestCli;
beforeAll(async () => {
  cli = await startCli();
});
afterAll(async () => {
  await cli.stop();
});

it('feed status shows the epoch, why it began, and where the log ends', async () => {
  const { code, json } = await cli.run('feed status --json');
  expect(code).toBe(0);
  expect(json).toEqual({
    epoch: expect.stringMatching(/^[\da-f-]{36}$/) as string,
    cause: 'new database',
    beganAt: expect.stringMatching(/Z$/) as string,
    events: 0,
    began: { systemIdentifier: null, timeline: null, databaseOid: null },
    here: {
      systemIdentifier: expect.stringMatching(/^\d+$/) as string,
      timeline: expect.any(String) as string,
      databaseOid: expect.any(String) as string,
    },
  });
  expect((await cli.run('feed status')).out.join('\n')).toContain(String(json['epoch']));
});

it('feed new-epoch begins another one, and says which cursors are refused', async () => {
  const before = (await cli.run('feed status --json')).json['epoch'];
  const { code, json } = await cli.run('feed new-epoch --json');
  expect(code).toBe(0);
  expect(json).toEqual({ epoch: expect.stringMatching(/^[\da-f-]{36}$/) as string, previous: before });
  expect(json['epoch']).not.toBe(before);
  expect((await cli.run('feed status --json')).json).toMatchObject({
    epoch: json['epoch'],
    cause: 'operator',
  });
  expect((await cli.run('feed new-epoch')).out[0]).toContain(
    `Cursors of ${String(json['epoch'])} are refused`,
  );
});
