/** Routes that a run need not see done, with the reason; everything else must have been, in a long run. */
export const UNREACHED: Readonly<Record<string, string>> = {
  'GET /v1/snapshots/{token}':
    'needs a picture that was fetched, and a run fetches nothing; test/images walks it',
  'DELETE /v1/snapshots/{token}':
    'needs a picture that was fetched, and a run fetches nothing; test/images walks it',
};
