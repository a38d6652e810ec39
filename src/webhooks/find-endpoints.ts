import { Injectable } from '@nestjs/common';
import type { Caller } from '../access/caller.js';
import { type CursorList, cutPage, openCursor } from '../access/sealing/page-cursor.js';
import { Sealed } from '../access/sealing/sealed.js';
import { checkRole, SiteOf } from '../access/sites/site-of.js';
import type { Page } from '../contract/page.js';
import type { EndpointAnswer, EndpointsQuery, MessageAnswer, MessagesQuery } from '../contract/webhooks.js';
import { notFound } from '../core/errors.js';
import { Database } from '../database/database.js';
import {
  type EndpointRow,
  findSiteOfEndpoint,
  listEndpoints,
  readEndpoint,
} from '../database/statements/webhooks/read-endpoints.js';
import { listMessages } from '../database/statements/webhooks/read-messages.js';
import { WebhookViews } from './webhook-views.js';

/** What they are called in answers. */
const ENDPOINT = 'webhook endpoint';

export interface NamedEndpoint {
  readonly siteId: string;
  readonly id: string;
}

/** Endpoints and messages as callers name them: those of other sites do not exist (invariant 9). */
@Injectable()
export class FindEndpoints {
  constructor(
    private readonly database: Database,
    private readonly sites: SiteOf,
    private readonly sealed: Sealed,
    private readonly views: WebhookViews,
  ) {}

  /** The database id of the site that the request is about. @throws VigieError as `siteFor` does */
  async siteOf(caller: Caller, site: string | undefined): Promise<string> {
    return (await this.sites.siteFor(caller, site, 'lead')).id;
  }

  /**
   * The database ids behind an endpoint's public one. Staff need not say whose it is.
   *
   * @throws VigieError NOT_FOUND for what is no such id, or no endpoint where staff name no site
   */
  async named(caller: Caller, site: string | undefined, id: string): Promise<NamedEndpoint> {
    const named = await this.namedOrGone(caller, site, id);
    if (named === null) throw notFound(ENDPOINT);
    return named;
  }

  /** The same; null where staff name no site, and none has it any more. @throws VigieError NOT_FOUND for what is no such id */
  async namedOrGone(caller: Caller, site: string | undefined, id: string): Promise<NamedEndpoint | null> {
    const byItself = caller.kind === 'staff' && site === undefined;
    const given = byItself ? null : await this.siteOf(caller, site);
    const databaseId = this.sealed.databaseId('whe', id);
    if (databaseId === null) throw notFound(ENDPOINT);
    const siteId = given ?? (await findSiteOfEndpoint(this.database, databaseId));
    if (siteId === null) return null;
    if (byItself) checkRole(caller, siteId, 'lead', ENDPOINT);
    return { siteId, id: databaseId };
  }

  /** @throws VigieError NOT_FOUND */
  async one(caller: Caller, site: string | undefined, id: string): Promise<EndpointRow> {
    const named = await this.named(caller, site, id);
    const row = await readEndpoint(this.database, named.siteId, named.id);
    if (row === undefined) throw notFound(ENDPOINT);
    return row;
  }

  async list(caller: Caller, { site, limit, cursor }: EndpointsQuery): Promise<Page<EndpointAnswer>> {
    const siteId = await this.siteOf(caller, site);
    const list = ['webhook endpoints', siteId];
    const rows = await listEndpoints(
      this.database,
      siteId,
      openCursor<string>(this.sealed, list, cursor),
      limit + 1,
    );
    return this.page(list, rows, limit, (row) => this.views.endpoint(row));
  }

  /** @throws VigieError NOT_FOUND */
  async messages(caller: Caller, id: string, query: MessagesQuery): Promise<Page<MessageAnswer>> {
    const { site, status = null, limit, cursor } = query;
    const endpoint = await this.one(caller, site, id);
    const list = ['webhook messages', endpoint.id, status];
    const rows = await listMessages(
      this.database.byIndex,
      endpoint,
      status,
      openCursor<string>(this.sealed, list, cursor),
      limit,
    );
    const held = rows.filter(({ beyond }) => !beyond).length;
    return this.page(list, rows, Math.min(limit, held), (row) => this.views.message(row));
  }

  /** @throws VigieError NOT_FOUND for what is no id of a message */
  messageId(message: string): string {
    const id = this.sealed.databaseId('msg', message);
    if (id === null) throw notFound('message');
    return id;
  }

  private page<Row extends { readonly id: string }, Item>(
    list: CursorList,
    rows: readonly Row[],
    limit: number,
    itemOf: (row: Row) => Item,
  ): Page<Item> {
    return cutPage(this.sealed, list, rows, limit, itemOf, ({ id }) => id);
  }
}
