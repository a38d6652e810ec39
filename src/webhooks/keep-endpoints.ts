import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '../config/config.module.js';
import type { VigieConfig } from '../config/load-config.js';
import type { ChangeEndpointRequest, CreateEndpointRequest } from '../contract/webhooks.js';
import { notFound, refused, VigieError } from '../core/errors.js';
import { Database } from '../database/database.js';
import { disableEndpointRow } from '../database/statements/webhooks/disable-endpoint.js';
import { lockSiteRow } from '../database/statements/sites/lock-site-row.js';
import {
  countEndpoints,
  type EndpointRow,
  findSiteOfEndpoint,
  readEndpointByUrl,
} from '../database/statements/webhooks/read-endpoints.js';
import {
  changeEndpointRow,
  deleteEndpoint,
  deleteMessages,
  insertEndpoint,
  rotateEndpointSecret,
} from '../database/statements/webhooks/save-endpoints.js';
import { AGAIN, partOf, untilDone } from '../database/until-done.js';
import { Reachable } from '../outbound/reachable.js';
import { checkEndpointUrl } from './check-url.js';
import { giveUpAll, giveUpSome } from './disable-endpoint.js';
import { EndpointSecrets } from './endpoint-secrets.js';

/** For so long after a rotation the old secret signs, too: time to bring the new one to all receivers. */
const OLD_SECRET_HOURS = 24;

/** Messages that are removed in one transaction, with their attempts. */
const DELETED_AT_ONCE = 2_000;

/** Makes, changes and removes the endpoints of a site. */
@Injectable()
export class KeepEndpoints {
  constructor(
    private readonly database: Database,
    private readonly secrets: EndpointSecrets,
    private readonly reachable: Reachable,
    @Inject(CONFIG) private readonly config: VigieConfig,
  ) {}

  /**
   * A new endpoint with its secret. An address that the site has already gives the endpoint that is there, as it is.
   *
   * @throws VigieError INVALID at /url; CONFLICT when the site has as many as it may have
   */
  create(
    siteId: string,
    { url: given, events, description = '' }: CreateEndpointRequest,
  ): Promise<{ readonly row: EndpointRow; readonly secret: string | null }> {
    const url = checkEndpointUrl(given, this.reachable);
    const { maxEndpoints } = this.config.webhooks;
    return this.database.inTransaction(async (tx) => {
      lockSiteRow(tx, siteId);
      const present = await readEndpointByUrl(tx, siteId, url);
      if (present !== undefined) return { row: present, secret: null };
      if ((await countEndpoints(tx, siteId)) >= maxEndpoints) {
        throw refused(
          'CONFLICT',
          'too-many-endpoints',
          `The site has ${maxEndpoints} endpoints: remove one first.`,
          { most: maxEndpoints },
        );
      }
      const { secret, kept } = this.secrets.make(siteId);
      const endpoint = { siteId, url, events: [...new Set(events)], description: description.trim() };
      const row = await insertEndpoint(tx, { ...endpoint, secret: kept });
      if (row === undefined) throw new Error('An endpoint that was inserted was not returned.');
      return { row, secret };
    });
  }

  /** @throws VigieError NOT_FOUND; INVALID at /url; CONFLICT when another endpoint has the address */
  async change(siteId: string, id: string, changes: ChangeEndpointRequest): Promise<EndpointRow> {
    const { url: given, events, description, enabled } = changes;
    const url = given === undefined ? null : checkEndpointUrl(given, this.reachable);
    const changed = await this.database.inTransaction(async (tx) => {
      lockSiteRow(tx, siteId);
      const present = url === null ? undefined : await readEndpointByUrl(tx, siteId, url);
      if (present !== undefined && present.id !== id) {
        throw new VigieError('CONFLICT', 'Another endpoint of the site has this address.', [
          { pointer: '/url', detail: 'Must be an address that no other endpoint of the site has.' },
        ]);
      }
      const row = await changeEndpointRow(tx, siteId, id, {
        url,
        events: events === undefined ? null : [...new Set(events)],
        description: description?.trim() ?? null,
        enabled: enabled ?? null,
      });
      if (row === undefined) throw notFound('webhook endpoint');
      if (enabled === false) await giveUpSome(tx, { siteId, endpointId: id });
      return row;
    });
    if (enabled === false) await giveUpAll(this.database, { siteId, endpointId: id });
    return changed;
  }

  /** @throws VigieError NOT_FOUND */
  async rotateSecret(
    siteId: string,
    id: string,
  ): Promise<{ readonly row: EndpointRow; readonly secret: string }> {
    const { secret, kept } = this.secrets.make(siteId);
    const row = await rotateEndpointSecret(this.database, siteId, id, kept, OLD_SECRET_HOURS);
    if (row === undefined) throw notFound('webhook endpoint');
    return { row, secret };
  }

  /**
   * Its messages go with it, also those that wait; a part at a time, while it is disabled: messages are made of the log for
   * no site while an endpoint that may get one is being removed. One that is gone already is no error.
   *
   * @throws VigieError NOT_FOUND for another site's
   */
  async remove(siteId: string, id: string): Promise<void> {
    await this.database.inTransaction((tx) => disableEndpointRow(tx, siteId, id, 'by_site'));
    await untilDone(
      this.database,
      () => false,
      AGAIN,
      async (tx) => partOf(await deleteMessages(tx, siteId, id, DELETED_AT_ONCE), DELETED_AT_ONCE),
    );
    const removed = await this.database.inTransaction((tx) => deleteEndpoint(tx, siteId, id));
    if (removed === 0 && (await findSiteOfEndpoint(this.database, id)) !== null)
      throw notFound('webhook endpoint');
  }
}
