import type { Bench, Line } from '../line.js';
import { grouped } from '../markdown.js';
import { measureWebhooks, type WebhookSettings } from '../webhooks.js';

const FULL: WebhookSettings = { endpoints: 10, events: 1_000 };
const QUICK: WebhookSettings = { endpoints: 10, events: 50 };

/** Messages from commit to receipt. */
export const webhooks: Line = {
  name: 'webhooks',
  about: 'webhook messages from commit to receipt',
  async measure({ quick, server, say }: Bench) {
    const { messages, endpoints, milliseconds } = await measureWebhooks(server, quick ? QUICK : FULL, say);
    return {
      facts: [
        [
          `${grouped(messages)} webhook messages to ${endpoints} endpoints on the loopback, from commit to receipt`,
          `${grouped((messages / milliseconds) * 1000)} a second`,
          '-',
        ],
      ],
    };
  },
};
