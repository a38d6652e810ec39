import pg from 'pg';

/** What comes of work over a connection of its own, which is closed afterwards. */
export async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  // Where it is lost while nothing is asked, what is asked next fails; without this the process would end before it has tidied up.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
