import type { HoldFindingView, HoldView } from '../../../contract/holds.js';
import type { Speech } from './speech.js';

/** A signal that fired, as the API shows it and the log froze it (docs/rules.md, rule 4). */
export type SaidFinding = Pick<HoldFindingView, 'votes' | 'figures'> & {
  /** A newer service may know others than this console. */
  readonly signal: string;
};

/** Why a case is held, as the API shows it and the log froze it. */
export type SaidHold = Omit<HoldView, 'since' | 'findings'> & { readonly findings?: readonly SaidFinding[] };

/** "12 readers reported it; 9 reports were set aside: 9 came in a burst, 5 of readers who were wrong together. 3 others count, 5 are needed." */
export function holdSentence(hold: SaidHold, speech: Speech): string {
  const { reporters, needed, setAside = 0, findings = [], blocksInHour = 0, limit = 0 } = hold;
  if (hold.by === 'breaker')
    return speech.t('hold.breaker', { blocks: blocksInHour, limit, reporters, needed });
  const rest = Math.max(0, reporters - setAside);
  const signs = signsOf(findings, speech);
  return speech.t('hold.signals', { reporters, setAside, needed, rest, signs });
}

/** What was seen on how many reports, one after the other. */
export const signsOf = (findings: readonly SaidFinding[], speech: Speech): string =>
  findings
    .map((finding) => sign(finding, speech))
    .reduce((one, other) => (one === '' ? other : speech.t('hold.join', { one, other })), '');

function sign({ signal, votes, figures }: SaidFinding, { t, tOr }: Speech): string {
  const { seconds = 0, usualSeconds = 0, share = 0, usualShare = 0 } = figures;
  return tOr(`hold.sign.${signal}`, signal, {
    votes,
    span: spanWords(seconds, t),
    usualSpan: spanWords(usualSeconds, t),
    share,
    usualShare,
  });
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** So many seconds, in the unit in which people would say it. */
function spanWords(seconds: number, t: Speech['t']): string {
  if (seconds < 2 * MINUTE) return t('hold.span', { unit: 'second', span: Math.round(seconds) });
  if (seconds < 2 * HOUR) return t('hold.span', { unit: 'minute', span: Math.round(seconds / MINUTE) });
  return t('hold.span', { unit: 'hour', span: Math.round(seconds / HOUR) });
}
