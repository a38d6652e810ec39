import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { NewKey } from '../access/keys/api-keys.js';
import { Reporters } from '../access/readers/reporter.js';
import type { VigieConfig } from '../config/load-config.js';
import { VigieError } from '../core/errors.js';
import { Database } from '../database/database.js';
import { anySite } from '../database/statements/sites/any-site.js';
import { Neck } from '../moderation/neck.js';
import { createDemonstration, type Demonstration } from './create-demonstration.js';
import { DEMONSTRATION_KEY } from './demonstration-key.js';
import { pictureUrl } from './picture-url.js';

/**
 * In a new database, makes the demonstration site and shows, once, what a newcomer needs to try it.
 *
 * @param print shows a block of lines
 */
export async function offerDemonstration(
  app: NestFastifyApplication,
  { publicUrl }: Pick<VigieConfig, 'publicUrl'>,
  print: (text: string) => void,
): Promise<void> {
  if (await anySite(app.get(Database))) return;
  try {
    const demonstration = await createDemonstration(
      app.get(Neck),
      publicUrl,
      app.get<NewKey>(DEMONSTRATION_KEY, { strict: false }),
    );
    // At once: the keys are stored nowhere.
    const signingSecret = app.get(Reporters).readerSigningSecret({ id: demonstration.siteId });
    print(block(demonstration, publicUrl, signingSecret));
  } catch (error) {
    // Another process was started on the same new database, and makes it.
    if (!(error instanceof VigieError && error.code === 'CONFLICT')) throw error;
  }
}

/** A picture that is not in the day of reports, nor the first on the page: the fifth person blocks it. */
const UNREPORTED = 12;

const block = (demo: Demonstration, publicUrl: string, signingSecret: string): string => `
This database is new: a demonstration site, "${demo.slug}", is in it. These are shown once.

  Demonstration page     ${publicUrl}/demo
  Console                ${publicUrl}/console
  Its login              ${demo.email}   password ${demo.password ?? '(as before)'}
  API description        ${publicUrl}/docs
  Its 24 pictures        ${pictureUrl(publicUrl, 1)} to 24.webp
  Staff token            ${demo.staffToken}
  Publishable key        ${demo.publishableKey}
  Secret key             ${demo.secretKey}
  Reader signing secret  ${signingSecret}

  The review queue:      curl -s -H 'Authorization: Bearer ${demo.staffToken}' '${publicUrl}/v1/cases?site=${demo.slug}'
  A reader reports:      curl -s -H 'Authorization: Bearer ${demo.secretKey}' -H 'Content-Type: application/json' \\
                           -d '{"image":{"url":"${pictureUrl(publicUrl, UNREPORTED)}"},"reason":"violence","reporter":{"account":"reader-1"}}' \\
                           ${publicUrl}/v1/reports
`;
