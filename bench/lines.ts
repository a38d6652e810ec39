import type { Line } from './line.js';
import { claim } from './lines/claim.js';
import { client } from './lines/client.js';
import { feed } from './lines/feed.js';
import { full } from './lines/full.js';
import { growth } from './lines/growth.js';
import { plans } from './lines/plans.js';
import { requests } from './lines/requests.js';
import { start } from './lines/start.js';
import { webhooks } from './lines/webhooks.js';

/** All that is measured, in this order: what wants a small cluster comes before the tables that fill it. */
export const LINES: readonly Line[] = [requests, feed, webhooks, start, client, claim, plans, full, growth];
