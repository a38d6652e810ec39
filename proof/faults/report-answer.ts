import { Ajv } from 'ajv';

/** All that the answer to a report may hold (I11): nothing that counts, and nothing that says whether this one counts. */
const isReportAnswer = new Ajv({ allErrors: true }).compile({
  type: 'object',
  additionalProperties: false,
  required: ['receipt', 'outcome', 'message', 'image'],
  properties: {
    receipt: { type: 'string', pattern: '^rcp_[\\w-]{60,120}$' },
    outcome: { enum: ['recorded', 'already_reported'] },
    message: { type: 'string', pattern: '^[^0-9]+$' },
    image: {
      type: 'object',
      additionalProperties: false,
      required: ['blocked'],
      properties: { blocked: { type: 'boolean' }, version: { type: 'integer', minimum: 1 } },
    },
  },
});

/** A sentence where the answer holds anything else. */
export function tellsTooMuch(body: Record<string, unknown>): string | null {
  if (isReportAnswer(body)) return null;
  const errors = (isReportAnswer.errors ?? []).map(
    ({ instancePath, message }) => `${instancePath} ${message}`,
  );
  return `I11: a report was answered ${JSON.stringify(body)}: ${errors.join(', ')}`;
}
