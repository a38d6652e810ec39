import type { DurationView, StatsFigures } from '../../../contract/stats.js';
import { formatNumber, locale, t } from '../i18n.js';
import { numberWords } from './drawing.js';
import { durationWords } from './words.js';

interface TileProps {
  readonly name: string;
  readonly value: string;
  readonly more: string;
}

const Tile = ({ name, value, more }: TileProps) => (
  <div class="card tile">
    <dt>{name}</dt>
    <dd>
      <b>{value}</b>
      <span>{more}</span>
    </dd>
  </div>
);

const took = (name: string, { median, p90 }: DurationView): TileProps => ({
  name,
  value: numberWords(median, 'seconds'),
  more:
    p90 === null
      ? t('statistics.tile.notMeasured')
      : t('statistics.tile.p90', { time: durationWords(p90, locale.value) }),
});

/** Everything of the time at one look. */
export function Tiles({ totals }: { readonly totals: StatsFigures }) {
  const { blocks, ruleBlocksReviewed, decisions } = totals;
  const { upheld, overturned, share } = ruleBlocksReviewed;
  const all = blocks.rule + blocks.moderator + blocks.publisher + blocks.match;
  return (
    <dl class="tiles">
      <Tile
        name={t('statistics.tile.reports')}
        value={formatNumber(totals.reports)}
        more={t('statistics.tile.cases', { opened: totals.casesOpened, decided: totals.casesClosed.decided })}
      />
      <Tile
        name={t('statistics.tile.blocks')}
        value={formatNumber(all)}
        more={t('statistics.tile.bySource', { ...blocks })}
      />
      <Tile
        name={t('statistics.tile.upheld')}
        value={numberWords(share, 'share')}
        more={t('statistics.tile.reviewed', { upheld, all: upheld + overturned })}
      />
      <Tile
        name={t('statistics.tile.decisions')}
        value={formatNumber(decisions.block + decisions.keep + decisions.escalate)}
        more={t('statistics.tile.undone', { undone: decisions.undone })}
      />
      <Tile {...took(t('statistics.tile.toBlock'), totals.secondsToBlock)} />
      <Tile {...took(t('statistics.tile.toDecision'), totals.secondsToDecision)} />
    </dl>
  );
}
