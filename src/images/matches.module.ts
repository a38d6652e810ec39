import { Module } from '@nestjs/common';
import { Database } from '../database/database.js';
import { keepFollowing } from '../database/keep-following.js';
import { JOB_HANDLERS, type JobHandler } from '../jobs/job-handler.js';
import { ModerationModule } from '../moderation/moderation.module.js';
import { Neck } from '../moderation/neck.js';
import { FindMatches } from './find-matches.js';
import { KnownPictures } from './known-pictures.js';
import { MatchContent } from './match-content.js';
import { SpreadBlock } from './spread-block.js';

/** Without a ring, what people said of pictures is read so often. */
const POLL_MILLISECONDS = 1_000;

/** What people said of the same bytes and of near pictures: for whoever shows it. */
@Module({
  providers: [
    {
      provide: KnownPictures,
      inject: [Database],
      useFactory: (database: Database) =>
        new KnownPictures(database, { pollMilliseconds: POLL_MILLISECONDS }),
    },
    FindMatches,
    keepFollowing(KnownPictures),
  ],
  exports: [KnownPictures, FindMatches],
})
export class MatchesModule {}

/** The work: blocks by people are followed and released. For processes that do background work. */
@Module({
  imports: [MatchesModule, ModerationModule],
  providers: [
    {
      provide: JOB_HANDLERS,
      inject: [Database, Neck, KnownPictures],
      useFactory: (database: Database, neck: Neck, known: KnownPictures): JobHandler[] => [
        new SpreadBlock(database, neck),
        new MatchContent(database, neck, known),
      ],
    },
  ],
})
export class MatchWorkModule {}
