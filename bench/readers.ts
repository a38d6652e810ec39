import { DeviceTokens } from '../src/access/readers/device-token.js';
import { Networks } from '../src/access/readers/networks.js';
import { Sealed } from '../src/access/sealing/sealed.js';
import { SECRET } from './example-site.js';
import { IMAGES, imageUrl, type SiteOfReaders } from './requests.js';

/** Readers of one site, who report in turn, each another image every time. */
export const READERS = 20_000;

/** Over which all of them spread one report each: some images get none, and one in 270 five or more, which crosses. */
const IMAGES_A_TURN = 20_000;

const DAY = 86_400;
/** Seconds since the oldest device got its token; a new one got it when the run began. */
const OLDEST = 200 * DAY;

/** Who reports, as JSON: four of ten are accounts, three devices that are known, three devices that are new. */
export function reportersOf({ id }: SiteOfReaders): readonly string[] {
  const secret = Buffer.from(SECRET);
  const devices = new DeviceTokens(new Sealed(secret));
  const networks = new Networks(secret);
  const now = Math.floor(Date.now() / 1_000);
  return Array.from({ length: READERS }, (_, reader) => {
    if (reader % 10 < 4) return JSON.stringify({ account: `reader-${reader}` });
    // A narrow network for each, as homes have.
    const address = `81.${(reader >> 8) & 255}.${reader & 255}.7`;
    const { narrow } = networks.networksOf(id, { ip: address });
    const age = reader % 10 < 7 ? DAY + (mixed(reader) % OLDEST) : 0;
    return JSON.stringify({ device: devices.mintDevice(id, narrow, now - age), address });
  });
}

/** A number that is another one all over for each: the finalizer of MurmurHash3. */
function mixed(number: number): number {
  let hash = number ^ (number >>> 16);
  hash = Math.imul(hash, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** The report of this number: of which reader, on which image, and one in four with words of their own. */
export function mixedReport(reporters: readonly string[], number: number): string {
  const turn = Math.floor(number / READERS);
  const image = 2 * IMAGES + turn * IMAGES_A_TURN + (mixed(number) % IMAGES_A_TURN);
  const comment = number % 4 === 0 ? `,"comment":"Cette photo ne va pas, dit le lecteur ${number}."` : '';
  return `{"image":{"url":"${imageUrl(image)}"},"reason":"violence","reporter":${reporters[number % READERS] ?? ''}${comment}}`;
}
