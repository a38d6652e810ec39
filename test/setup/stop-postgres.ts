/** Jest's globalTeardown: undoes start-postgres. @throws Error where a secret is in a log of the run, which fails it */
export default async function stopPostgres(): Promise<void> {
  try {
    globalThis.logsOfTests?.check();
  } finally {
    await globalThis.postgresOfTests?.stop();
  }
}
