import { PASSWORD } from '../../test/setup/signed-in.js';

/** Right requests where those of test/flows/role-asks.ts are about who may ask, and not meant to be done. */
export const OWN_ASKS: Readonly<Record<string, { readonly url: string; readonly body?: unknown }>> = {
  // It is listened to for a moment, and left.
  'GET /v1/changes/stream': { url: '/v1/changes/stream' },
  'PUT /v1/session/password': {
    url: '/v1/session/password',
    body: { current: PASSWORD, password: 'three storks over the bay' },
  },
};
