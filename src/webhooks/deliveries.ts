import { type NewJob, stage } from '../jobs/stage.js';
import type { Tx } from '../database/tx.js';

/** The kind of the jobs that deliver a message. */
export const DELIVER = 'deliver-webhook';

/** What such a job must know: its message, and which series of attempts it belongs to. */
export interface Delivery {
  readonly messageId: string;
  readonly series: number;
}

/** Stages deliveries. An endpoint is a lane of its own, so that a slow one delays nobody else. */
export function stageDeliveries(
  tx: Tx,
  deliveries: readonly (Delivery & { readonly endpointId: string })[],
): void {
  const jobs = deliveries.map(({ messageId, series, endpointId }): NewJob<Delivery> => ({
    kind: DELIVER,
    lane: `webhook ${endpointId}`,
    payload: { messageId, series },
  }));
  stage(tx, jobs);
}
