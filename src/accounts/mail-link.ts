import type { VigieConfig } from '../config/load-config.js';
import type { Database } from '../database/database.js';
import { armLink } from '../database/statements/accounts/account-links.js';
import type { JobHandler, JobResult, JobRun } from '../jobs/job-handler.js';
import { linkUrl, makeLinkToken } from './link-token.js';
import { letterOf } from './mail-words.js';
import type { Mailer } from './mailer.js';

export const MAIL_LINK = 'mail-account-link';

/** A link that was stored without a secret. */
export interface LinkToMail {
  readonly linkId: string;
}

/**
 * Mails a one-time link. Its secret is made now and only its hash is kept, so that none is stored while the letter waits. A
 * letter that could not be sent is written anew, with another secret; what was sent after all is not good any more then.
 */
export class MailLink implements JobHandler<LinkToMail> {
  readonly kind = MAIL_LINK;
  readonly maxSeconds = 60;

  constructor(
    private readonly database: Database,
    private readonly mailer: Mailer,
    private readonly config: Pick<VigieConfig, 'publicUrl'>,
  ) {}

  async run({ linkId }: LinkToMail, { signal }: JobRun): Promise<JobResult> {
    const { token, hash } = makeLinkToken();
    const link = await armLink(this.database, linkId, hash);
    // Spent or replaced meanwhile, a day old, or of an account that was closed.
    if (link === undefined) return { done: true };
    await this.mailer.send(letterOf(link, linkUrl(this.config.publicUrl, token)), signal);
    return { done: true };
  }
}
