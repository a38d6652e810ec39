import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DemonstrationSite } from './demonstration-site.js';
import { DrawnPictures } from './drawn-pictures.js';

/**
 * Draws the demonstration's pictures in advance, where its site is in the database. Elsewhere nobody will look at them, and a
 * third of a core for a quarter of a minute is missed by whoever measures, or tries out, the rest.
 */
export async function drawDemonstration(app: Pick<NestFastifyApplication, 'get'>): Promise<void> {
  const found = await app.get(DemonstrationSite, { strict: false }).find();
  if ('site' in found) await app.get(DrawnPictures, { strict: false }).drawAll();
}
