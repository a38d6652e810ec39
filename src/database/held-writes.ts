import type { Socket } from 'node:net';
import type { PoolClient } from 'pg';

const held = new WeakSet<Socket>();

/**
 * Whatever is sent to the server in this turn of the event loop goes out in one write. Each write of its own wakes the
 * server, which then takes the processor from us: on two cores a quarter of a report's time was spent in `writev`, a
 * quarter less of Node's and a sixth less of Postgres's with one write a turn (measured by --cpu-prof, and by /proc).
 */
export function holdWrites(client: PoolClient): void {
  // Of the driver's JavaScript client; its types leave the connection out.
  const { stream } = (client as PoolClient & { readonly connection: { readonly stream: Socket } }).connection;
  if (held.has(stream)) return;
  held.add(stream);
  stream.cork();
  process.nextTick(() => {
    held.delete(stream);
    stream.uncork();
  });
}
