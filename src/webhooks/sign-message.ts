import { Webhook } from 'standardwebhooks';

/** What of a message is signed. */
export interface SignedMessage {
  /** The same at every attempt. */
  readonly id: string;
  readonly body: string;
  /** Of the attempt. */
  readonly at: Date;
  /** The present one first; each signs. */
  readonly secrets: readonly string[];
}

/** The headers of Standard Webhooks (https://github.com/standard-webhooks/standard-webhooks), version 1 of the signature. */
export const signMessage = ({ id, body, at, secrets }: SignedMessage): Record<string, string> => ({
  'webhook-id': id,
  'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
  'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(' '),
});
