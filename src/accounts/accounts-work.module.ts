import { Module } from '@nestjs/common';
import { CONFIG } from '../config/config.module.js';
import type { VigieConfig } from '../config/load-config.js';
import { Database } from '../database/database.js';
import { JOB_HANDLERS, type JobHandler } from '../jobs/job-handler.js';
import { MailLink } from './mail-link.js';
import { Mailer } from './mailer.js';
import { MakeAskedLink } from './make-asked-link.js';

/** The work: links are mailed. For processes that do background work; the doors are a module of their own. */
@Module({
  providers: [
    {
      provide: JOB_HANDLERS,
      inject: [Database, CONFIG],
      useFactory: (database: Database, config: VigieConfig): JobHandler[] => [
        new MakeAskedLink(database),
        new MailLink(database, new Mailer(config.smtp), config),
      ],
    },
  ],
})
export class AccountsWorkModule {}
