/** Routes that a run need not see done, with the reason; everything else must have been, in a long run. */
export const UNREACHED: Readonly<Record<string, string>> = {
  'POST /v1/session/totp': 'needs the code of this half minute; test/accounts walks it',
  'PUT /v1/session/second-factor':
    'needs the code of a secret that was shown a moment before; test/accounts walks it',
  'DELETE /v1/session/second-factor': 'needs a second factor and its code; test/accounts walks it',
  'POST /v1/session/recovery-codes': 'needs a second factor and its code; test/accounts walks it',
  'GET /v1/snapshots/{token}': 'needs a picture that was fetched; test/images walks it',
  'DELETE /v1/snapshots/{token}': 'needs a picture that was fetched; test/images walks it',
  'POST /v1/links/look': 'needs a link that was sent to somebody; test/accounts walks it',
  'POST /v1/links/redeem': 'needs a link that was sent to somebody; test/accounts walks it',
  'POST /v1/session/forgot': 'needs a mail server; test/accounts walks it',
};
