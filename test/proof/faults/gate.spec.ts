import { Gate } from '../../../proof/faults/gate.js';

/** A turn that ends when it is told to. */
function longTurn(): { readonly turn: () => Promise<void>; readonly end: () => void } {
  let end = (): void => undefined;
  const over = new Promise<void>((resolve) => (end = resolve));
  return { turn: () => over, end: () => end() };
}

it('waits for turns that have begun, and lets none begin until it is opened', async () => {
  const gate = new Gate();
  const done: string[] = [];
  const first = longTurn();
  const passing = gate.pass(first.turn).then(() => done.push('first'));
  const closing = gate.close().then(() => done.push('closed'));
  const second = gate.pass(() => Promise.resolve(void done.push('second')));
  first.end();
  await Promise.all([passing, closing]);
  expect(done).toHaveLength(2);
  gate.open();
  await second;
  expect(done).toContain('second');
});

it('closes at once when nobody is in it, and is open again after a turn that failed', async () => {
  const gate = new Gate();
  await gate.close();
  gate.open();
  await expect(gate.pass(() => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
  await gate.close();
});
