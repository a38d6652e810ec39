import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { canonicalUrl } from '../../src/core/canonical-url.js';
import { imageHash } from '../../src/database/image-hash.js';
import { keepSnapshot } from '../../src/images/keep-snapshot.js';
import { SNAPSHOT_STORE, type SnapshotStore } from '../../src/images/snapshot-store.js';
import { Neck } from '../../src/moderation/neck.js';
import type { Service, TestSite } from '../setup/service.js';

const WIDTH = 960;
const HEIGHT = 640;

/** A landscape, of other colours for each name: what is drawn twice is one image. */
function draw(name: string): Promise<Buffer> {
  const digest = createHash('sha256').update(name).digest();
  const [hue, land, sun] = [0, 2, 4].map((at) => digest.readUInt16BE(at) % 360);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">
    <rect width="960" height="640" fill="hsl(${hue},60%,70%)"/>
    <circle cx="720" cy="160" r="72" fill="hsl(${sun},90%,80%)"/>
    <path d="M0 640 280 260 460 480 660 300 960 640z" fill="hsl(${land},35%,35%)"/></svg>`;
  return sharp(Buffer.from(svg)).webp({ quality: 70, effort: 0 }).toBuffer();
}

/** What a look at an address that was reported finds there, and the copy that moderators see, without any network. */
export async function keepPicture(service: Service, site: TestSite, url: string, name = url): Promise<void> {
  const canonical = canonicalUrl(url);
  if (!canonical.ok) throw new Error(`not an address: ${url}`);
  const bytes = await draw(name);
  const sha256 = createHash('sha256').update(bytes).digest();
  const outcome = await service.app.get(Neck).see({
    siteId: site.id,
    hash: imageHash(site.id, { kind: 'url', key: canonical.url }),
    sha256,
    // Looks like no other.
    pdq: createHash('sha256').update(`looks of ${name}`).digest(),
    quality: 100,
    indistinct: null,
    width: WIDTH,
    height: HEIGHT,
    bytes: bytes.length,
    format: 'webp',
    announced: false,
  });
  if (!outcome.known) throw new Error(`nobody reported ${url}`);
  if (outcome.severe) return;
  const store = service.app.get<SnapshotStore>(SNAPSHOT_STORE, { strict: false });
  const thumbnail = await sharp(bytes).resize(320).webp({ effort: 0 }).toBuffer();
  const content = { imageId: outcome.imageId, version: outcome.version };
  await keepSnapshot(
    service.database,
    store,
    { siteId: site.id, sha256 },
    { thumbnail, preview: bytes },
    content,
  );
}
