// A news site in one file: Node, no framework, no build step. Blocked images never leave it.
import { createServer } from 'node:http';
// Within this repository the library is what `npm run build` made; elsewhere: from 'vigie/client' and 'vigie/client/node'.
import { createClient, filterHtml } from '../../dist/src/client/index.js';
import { fileStore } from '../../dist/src/client/node.js';

const {
  VIGIE_URL = 'http://127.0.0.1:3000',
  VIGIE_KEY,
  PORT = '8080',
  STATE = 'data/blocked-images',
} = process.env;
if (!VIGIE_KEY) {
  console.error('VIGIE_KEY is not set: give the secret key of the site (vg_sec_...).');
  process.exit(1);
}

const client = createClient({
  baseUrl: VIGIE_URL,
  key: VIGIE_KEY,
  mode: 'failClosed',
  store: fileStore(STATE),
  onError: (error) => console.error(error.message),
});
client.onChange((change) => {
  if (change.type === 'image')
    console.log(change.blocked ? 'Blocked:' : 'Shown again:', change.image.id ?? change.image.url);
});

const images = Array.from({ length: 24 }, (_, n) => `${VIGIE_URL}/demo/pictures/${n + 1}.webp`);
const page = () => `<!doctype html>
<html lang="en">
  <meta charset="utf-8">
  <title>The example</title>
  <h1>The example</h1>
${images.map((image) => `  <img src="${image}" width="320" height="180" alt="">`).join('\n')}
  <p>What is blocked was known ${Math.round(client.staleness().ms / 1000)} s ago.</p>
</html>
`;

const server = createServer((request, response) => {
  if (request.url !== '/') return void response.writeHead(404).end();
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(filterHtml(page(), client));
});

// A site does not wait for its moderation: it starts with what it knew last, or shows no picture until it knows.
client.start().catch((error) => console.error(error.message));
server.listen(Number(PORT), '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    server.close();
    server.closeAllConnections();
    void client.close();
  });
}
