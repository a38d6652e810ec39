/** The pointers of a problem's wrong fields. */
export const pointers = (body: Record<string, unknown>): string[] =>
  ((body['errors'] ?? []) as { pointer: string }[]).map(({ pointer }) => pointer);
