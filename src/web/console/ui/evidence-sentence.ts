import type { EvidenceView } from '../../../contract/images.js';
import { type SaidFinding, signsOf } from './hold-sentence.js';
import type { Speech } from './speech.js';

/** What of evidence makes a sentence: as the API shows it, or as the log froze it. */
export type SaidEvidence = Pick<EvidenceView, 'crossedBy' | 'reporters' | 'leftOut'> & {
  /** 0: not known. */
  readonly ruleVersion: number;
  readonly at?: string;
  readonly firstReportAt?: string | null;
  /** In thousandths; left out where weights were not known yet. */
  readonly weight?: number | null;
  readonly setAside?: number;
  readonly findings?: readonly SaidFinding[];
};

/** Of a reader without a record. */
const FULL_WEIGHT = 1_000;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long readers took, in the unit in which people would say it; unknown without both times. */
function spanOf({ at, firstReportAt }: SaidEvidence): {
  readonly unit: string;
  readonly span: number;
} {
  if (at === undefined || firstReportAt == null) return { unit: 'unknown', span: 0 };
  const took = Math.max(0, Date.parse(at) - Date.parse(firstReportAt));
  if (took < MINUTE) return { unit: 'moment', span: 0 };
  if (took < 2 * HOUR) return { unit: 'minute', span: Math.round(took / MINUTE) };
  if (took < 2 * DAY) return { unit: 'hour', span: Math.round(took / HOUR) };
  return { unit: 'day', span: Math.round(took / DAY) };
}

/** "Blocked by the rule, version 3: 5 readers in 40 minutes; 2 more not counted: same network." */
export function evidenceSentence(evidence: SaidEvidence, speech: Speech): string {
  const { t, tOr } = speech;
  const blocked = t('evidence.blocked', {
    version: evidence.ruleVersion,
    readers: evidence.reporters,
    by: evidence.crossedBy,
    ...spanOf(evidence),
  });
  const leftOut = Object.entries(evidence.leftOut)
    .filter(([, count]) => count > 0)
    .map(([cause, count]) => {
      const otherwise = t('evidence.leftOut.other', { count });
      return tOr(`evidence.leftOut.${cause}`, otherwise, { count });
    });
  const said = [...weightOf(evidence, speech), ...setAsideOf(evidence, speech), ...leftOut].reduce(
    (one, other) => t('evidence.join', { one, other }),
    blocked,
  );
  return `${said}.`;
}

/** What the readers weigh together, where that is not their number; the severe reason does not ask (docs/rules.md, rule 6). */
function weightOf({ weight, reporters, crossedBy }: SaidEvidence, { t }: Speech): string[] {
  return weight == null || crossedBy === 'severe' || weight === reporters * FULL_WEIGHT
    ? []
    : [t('evidence.weight', { weight: weight / FULL_WEIGHT })];
}

function setAsideOf({ setAside = 0, findings = [] }: SaidEvidence, speech: Speech): string[] {
  return setAside === 0
    ? []
    : [speech.t('evidence.setAside', { count: setAside, signs: signsOf(findings, speech) })];
}
