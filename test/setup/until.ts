import { setTimeout as pause } from 'node:timers/promises';

/**
 * Waits for a condition, looking every few milliseconds; spinning would take the processor from what is waited for.
 *
 * @param what is waited for, for the error
 */
export async function until(
  condition: () => boolean | Promise<boolean>,
  what: () => string = () => condition.toString(),
  milliseconds = 25_000,
): Promise<void> {
  const end = Date.now() + milliseconds;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`Waited in vain for ${what()}`);
    await pause(10);
  }
}
