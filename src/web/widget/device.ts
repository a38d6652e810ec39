import type { DeviceAnswer } from '../../contract/reports.js';
import { alone } from './alone.js';
import type { Challenge } from './proof-program.js';
import type { Ask } from './service.js';
import { solveChallenge } from './solve-challenge.js';
import { readStored, store } from './storage.js';

const NAME = 'device';

/**
 * The token by which the service recognizes this device: read anew at each use, made at the first report. Two tabs that
 * report at the same time make one.
 *
 * @param not a token that the service no longer takes
 * @throws ServiceError
 */
export async function deviceToken(ask: Ask, not?: string): Promise<string> {
  const usable = (): string | undefined => {
    const stored = readStored<string>(NAME);
    return stored === not ? undefined : stored;
  };
  return (
    usable() ??
    alone(NAME, async () => {
      let token = usable();
      if (!token) {
        const proof = await solveChallenge(await ask<Challenge>('GET', 'challenges'));
        token = (await ask<DeviceAnswer>('POST', 'devices', { proof })).device;
        store(NAME, token);
      }
      return token;
    })
  );
}
