import { Logger } from '@nestjs/common';
import type { Sealed } from '../access/sealing/sealed.js';
import { MOST_ADDRESSES_TOLD } from '../contract/webhook-events.js';
import type { Database } from '../database/database.js';
import type { Doorbell } from '../database/listen.js';
import { LOG_CHANNEL } from '../database/statements/log/append-events.js';
import {
  fanOutPageEnd,
  lockWebhookCursor,
  moveWebhookCursor,
  readWantedEvents,
} from '../database/statements/webhooks/fan-out.js';
import { insertMessages, type NewMessage } from '../database/statements/webhooks/insert-messages.js';
import type { Tx } from '../database/tx.js';
import { Watch } from '../database/watch.js';
import { stageDeliveries } from './deliveries.js';
import { MESSAGE_OF, messageOfEvent } from './message-of-event.js';

/** Events of the log in one transaction: at most this times a site's endpoints are its messages. */
const EVENTS_PER_PAGE = 500;
/** Rings within this time are answered by one look. */
const BREATH_MILLISECONDS = 20;

/**
 * Turns the event log into messages: the log is the outbox (docs/adr/0012). Its cursor moves in the transaction that
 * makes the messages and stages their deliveries, so none is lost and none made twice; of many processes one is at it.
 */
export class FanOut {
  private readonly watch: Watch;

  constructor(
    private readonly database: Database,
    private readonly sealed: Sealed,
    options: { readonly pollMilliseconds: number },
  ) {
    this.watch = new Watch(new Logger('Webhooks'), {
      look: () => this.look(),
      channel: LOG_CHANNEL,
      pollMilliseconds: options.pollMilliseconds,
      breath: BREATH_MILLISECONDS,
      fails: (reason) => `No messages can be made of the event log (${reason}); they come later.`,
      goesOn: 'Messages are made of the event log again.',
    });
  }

  /** Reads the log to its end; how many messages it made. Stops where another process is at it. */
  async once(): Promise<number> {
    let made = 0;
    while (!this.watch.stopped) {
      const page = await this.database.inIndexedTransaction((tx) => this.page(tx));
      made += page.messages;
      if (page.events < EVENTS_PER_PAGE) break;
    }
    return made;
  }

  /** Follows from now on: at every ring of the doorbell, and every `pollMilliseconds` without one. */
  run(doorbell: Doorbell): void {
    this.watch.run(doorbell);
  }

  /** Resolves when the last look is over. */
  stop(): Promise<void> {
    return this.watch.stop();
  }

  private async page(tx: Tx): Promise<{ events: number; messages: number }> {
    const after = await lockWebhookCursor(tx);
    if (after === undefined) return { events: 0, messages: 0 };
    const { seq, events } = await fanOutPageEnd(tx, after, EVENTS_PER_PAGE);
    // One more than is told says whether there are more.
    const wanted = await readWantedEvents(tx, after, seq, MESSAGE_OF, MOST_ADDRESSES_TOLD + 1);
    const messages = wanted.flatMap((event): NewMessage[] => {
      const payload = messageOfEvent(event, this.sealed);
      if (payload === null) return [];
      const { siteId, endpointId, type } = event;
      return [{ siteId, endpointId, seq: event.seq, type, body: JSON.stringify(payload) }];
    });
    const made = messages.length === 0 ? [] : await insertMessages(tx, messages);
    stageDeliveries(
      tx,
      made.map(({ id, endpointId }) => ({ messageId: id, series: 1, endpointId })),
    );
    moveWebhookCursor(tx, seq);
    return { events, messages: made.length };
  }

  /** Never more at once: `once` has read the log to its end. */
  private async look(): Promise<boolean> {
    await this.once();
    return false;
  }
}
