/** The embedded Postgres can't run here. The message is for whoever starts Vigie and says what to do. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';
}

const CAUSES: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: "the user's disk quota is used up",
  ENOTDIR: 'a part of the path is a file',
  EINVAL: 'the user that Postgres would run as does not exist in this container',
  // What a recursive mkdir on a read-only file system gives in Node.
  ENOENT: 'it is not there and can not be made; is the file system read-only?',
};

/** Runs `work` on a folder; what the file system refuses becomes one sentence that says what to set. */
export function usingFolder<T>(folder: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    throw new EmbeddedPostgresError(
      `The embedded Postgres can't use ${folder} (${CAUSES[code] ?? code}): set DATA_DIR to a folder that this user ` +
        `may write to, or set DATABASE_URL to a Postgres of your own`,
      { cause: error },
    );
  }
}
