import { REASONS } from '../src/core/reasons.js';

const text = (maxLength: number) => ({ type: 'string', minLength: 1, maxLength });
const object = (properties: Record<string, object>, required: string[]) => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});

/** The shape of SubmitReportBody in src/contract/reports.ts. */
export const REPORT_SCHEMA = object(
  {
    image: object({ url: text(2048), id: text(255) }, []),
    page: object({ url: text(2048), title: text(500) }, ['url']),
    reason: { type: 'string', enum: REASONS },
    comment: text(1000),
    reporter: object({ device: text(512), token: text(4096), account: text(255) }, []),
  },
  ['image', 'reason', 'reporter'],
);
