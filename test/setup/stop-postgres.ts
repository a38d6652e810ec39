/** Jest's globalTeardown: undoes start-postgres. */
export default async function stopPostgres(): Promise<void> {
  await globalThis.postgresOfTests?.stop();
}
