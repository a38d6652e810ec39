import { Logger } from '@nestjs/common';
import type { Sealed } from '../access/sealing/sealed.js';
import { MOST_ADDRESSES_TOLD } from '../contract/webhook-events.js';
import type { Database } from '../database/database.js';
import type { Doorbell } from '../database/listen.js';
import { LOG_CHANNEL } from '../database/statements/log/append-events.js';
import {
  behind,
  fanOutPageEnd,
  lockWebhookCursor,
  moveWebhookCursor,
  readWantedEvents,
  type WantedEvent,
  type WantedPlace,
} from '../database/statements/webhooks/fan-out.js';
import { insertMessages, type NewMessage } from '../database/statements/webhooks/insert-messages.js';
import type { Tx } from '../database/tx.js';
import { Watch } from '../database/watch.js';
import { stageDeliveries } from './deliveries.js';
import { MESSAGE_OF, messageOfEvent } from './message-of-event.js';

/** Events of the log in one transaction, at most. */
const EVENTS_PER_PAGE = 500;
/** Once a transaction has so many messages it ends with the event that they are of. */
const MESSAGES_PER_PAGE = 1_000;
/** Messages that are made at once: with all the addresses that they may hold some 40 MB. */
const MESSAGES_AT_ONCE = 100;
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
      if (!page.more) break;
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

  private async page(tx: Tx): Promise<{ more: boolean; messages: number }> {
    const after = await lockWebhookCursor(tx);
    if (after === undefined) return { more: false, messages: 0 };
    const end = await fanOutPageEnd(tx, after, EVENTS_PER_PAGE);
    let { seq } = end;
    let messages = 0;
    for (let place: WantedPlace | undefined = behind(after); place !== undefined;) {
      const events = await this.wanted(tx, place, seq);
      messages += await this.make(tx, events);
      place = events.length < MESSAGES_AT_ONCE ? undefined : events.at(-1);
      if (place !== undefined && messages >= MESSAGES_PER_PAGE) ({ seq } = place);
    }
    moveWebhookCursor(tx, seq);
    return { more: seq !== end.seq || end.events === EVENTS_PER_PAGE, messages };
  }

  private wanted(tx: Tx, after: WantedPlace, upTo: string): Promise<WantedEvent[]> {
    // One more address than is told says whether there are more.
    const most = { events: MESSAGES_AT_ONCE, addresses: MOST_ADDRESSES_TOLD + 1 };
    return readWantedEvents(tx, after, upTo, MESSAGE_OF, most);
  }

  /** How many messages these events made. */
  private async make(tx: Tx, events: readonly WantedEvent[]): Promise<number> {
    const messages = events.flatMap((event): NewMessage[] => {
      const payload = messageOfEvent(event, this.sealed);
      if (payload === null) return [];
      const { siteId, endpointId, seq, type } = event;
      return [{ siteId, endpointId, seq, type, body: JSON.stringify(payload) }];
    });
    if (messages.length === 0) return 0;
    const made = await insertMessages(tx, messages);
    stageDeliveries(
      tx,
      made.map(({ id, endpointId }) => ({ messageId: id, series: 1, endpointId })),
    );
    return made.length;
  }

  /** Never more at once: `once` has read the log to its end. */
  private async look(): Promise<boolean> {
    await this.once();
    return false;
  }
}
