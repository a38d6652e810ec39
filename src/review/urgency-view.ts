import type { UrgencyView } from '../contract/urgency.js';
import { reporters } from '../core/tally.js';
import { commonestReason } from '../core/threshold.js';
import { urgencyOf } from '../core/urgency.js';
import { viewsNow } from '../core/views.js';
import type { ReviewedCaseRow } from '../database/statements/cases/case-row.js';

const HOUR = 3_600_000;

/** How much a case matters, in figures that a person reads. */
export function urgencyView({ tally, asOf, reportedSince, views }: ReviewedCaseRow): UrgencyView {
  const now = asOf.getTime();
  const told = views === null ? null : { perHour: views.perHour, at: Date.parse(views.at) };
  const { expectedHarm, viewsPerHour, reportsPerHour } = urgencyOf({
    reason: commonestReason(tally),
    reporters: reporters(tally),
    hours: (now - reportedSince.getTime()) / HOUR,
    viewsPerHour: viewsNow(told, now),
  });
  return {
    expectedHarm: readable(expectedHarm),
    viewsPerHour: viewsPerHour === null ? null : Math.round(viewsPerHour),
    reportsPerHour: readable(reportsPerHour),
  };
}

/** Three digits of small ones, whole numbers of others. */
const readable = (value: number): number => (value >= 100 ? Math.round(value) : Number(value.toPrecision(3)));
