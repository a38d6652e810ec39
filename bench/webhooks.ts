import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type DatabaseServer, query } from './database-server.js';
import { makeExampleSite } from './example-site.js';
import { ServerProcess } from './processes.js';

/** How much is measured. */
export interface WebhookSettings {
  readonly endpoints: number;
  /** Each makes a message for every endpoint. */
  readonly events: number;
}

/** What came of it: from the events' commit to the last receipt, in ms. */
export interface WebhookResults {
  readonly messages: number;
  readonly endpoints: number;
  readonly milliseconds: number;
}

/** One process, with receivers on the loopback that answer at once: how many messages a second it makes, signs and posts. */
export async function measureWebhooks(
  server: DatabaseServer,
  { endpoints, events }: WebhookSettings,
  say: (line: string) => void,
): Promise<WebhookResults> {
  const { url, env, key } = await makeExampleSite(server, 'bench_webhooks');
  const messages = endpoints * events;
  const received = new Set<string>();
  let complete: () => void = () => undefined;
  const all = new Promise<void>((resolve) => (complete = resolve));
  const receiver = createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(204).end();
      received.add(String(request.headers['webhook-id']));
      if (received.size === messages) complete();
    });
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const vigie = await ServerProcess.start('../service/main.js', { ...env, OUTBOUND_ALLOW: '127.0.0.0/8' });
  try {
    const { port } = receiver.address() as AddressInfo;
    for (let n = 0; n < endpoints; n += 1) {
      await addEndpoint(vigie.origin, key, `http://127.0.0.1:${port}/hook/${n}`);
    }
    const began = performance.now();
    await logBlocks(url, events);
    await all;
    const milliseconds = performance.now() - began;
    say(`${messages} webhook messages to ${endpoints} endpoints: ${(milliseconds / 1000).toFixed(1)} s`);
    return { messages, endpoints, milliseconds };
  } finally {
    await vigie.stop();
    receiver.closeAllConnections();
    receiver.close();
  }
}

async function addEndpoint(origin: string, key: string, url: string): Promise<void> {
  const response = await fetch(`${origin}/v1/webhook-endpoints`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ url, events: ['image.blocked'] }),
  });
  if (!response.ok) throw new Error(`No endpoint could be made: ${await response.text()}`);
}

/** So many images are blocked in one transaction, as far as the log and the table tell. */
const logBlocks = (url: string, events: number): Promise<unknown> =>
  query(
    url,
    `with made as (
       insert into image (site_id, key_kind, key, key_hash, url, blocked, shown_reason, since, version)
       select s.id, 'url', u.url, decode(md5(u.url), 'hex'), u.url, true, 'violence', now(), 1
       from site s, generate_series(1, ${events}) n
       cross join lateral (select 'https://cdn.example.ma/photos/' || n || '.jpg' as url) u
       returning site_id, id, since
     )
     insert into event (site_id, image_id, type, actor_kind, data, visibility)
     select site_id, id, 'image.blocked', 'site', '{"source": "publisher"}',
            jsonb_build_object('blocked', true, 'reason', 'violence', 'version', 1, 'reviewed', true,
                               'since', extract(epoch from since) * 1000)
     from made`,
  );
