import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import type { DecisionCounts, StatsAnswer, StatsTable } from '../../../contract/stats.js';
import { addressOf, type Query } from '../api.js';
import { formatNumber, t, tOr } from '../i18n.js';
import { numberWords } from './drawing.js';

/** Leads to the same numbers as a file; the browser keeps it under the name that the service gives. */
export const AsFile = ({ query, table }: { readonly query: Query; readonly table: StatsTable }) => (
  <a class="button" href={addressOf('/v1/stats.csv', { ...query, table })} download>
    {t(`statistics.file.${table}`)}
  </a>
);

interface TableProps {
  readonly title: string;
  readonly hint: string;
  readonly names: readonly string[];
  readonly query: Query;
  readonly table: StatsTable;
  /** Without any there is a sentence. */
  readonly children: readonly ComponentChildren[];
}

function Breakdown({ title, hint, names, query, table, children }: TableProps) {
  const heading = useId();
  return (
    <div class="card breakdown">
      <header>
        <h2 id={heading}>{title}</h2>
        <AsFile query={query} table={table} />
      </header>
      <p class="hint">{hint}</p>
      {children.length === 0 ? (
        <p>{t('statistics.nothingHere')}</p>
      ) : (
        <div class="table-scroll" role="region" aria-labelledby={heading} tabIndex={0}>
          <table>
            <thead>
              <tr>
                {names.map((name, index) => (
                  <th key={name} scope="col" class={index === 0 ? undefined : 'number'}>
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>{children}</tbody>
          </table>
        </div>
      )}
    </div>
  );
}

const Numbers = ({ of }: { readonly of: readonly string[] }) => (
  <>
    {of.map((value, index) => (
      <td key={index} class="number">
        {value}
      </td>
    ))}
  </>
);

const decisionNames = (): string[] => [
  t('statistics.row.block'),
  t('statistics.row.keep'),
  t('statistics.row.escalate'),
  t('statistics.row.undone'),
];
const decided = ({ block, keep, escalate, undone }: DecisionCounts): string[] =>
  [block, keep, escalate, undone].map((n) => formatNumber(n));

interface BreakdownProps {
  readonly stats: StatsAnswer;
  readonly query: Query;
}

export const Reasons = ({ stats, query }: BreakdownProps) => (
  <Breakdown
    title={t('statistics.reasons')}
    hint={t('statistics.aboutReasons')}
    query={query}
    table="reasons"
    names={[
      t('statistics.reason'),
      t('statistics.row.reports'),
      t('statistics.row.byRule'),
      t('statistics.upheld'),
      t('statistics.overturned'),
      t('statistics.row.share'),
      t('statistics.medianToBlock'),
      ...decisionNames(),
      t('statistics.medianToDecision'),
    ]}
  >
    {stats.reasons.map(({ reason, reports, ruleBlocks, ruleBlocksReviewed, decisions, ...took }) => (
      <tr key={reason}>
        <th scope="row">{tOr(`reason.${reason}`, reason)}</th>
        <Numbers
          of={[
            ...[reports, ruleBlocks, ruleBlocksReviewed.upheld, ruleBlocksReviewed.overturned].map((n) =>
              formatNumber(n),
            ),
            numberWords(ruleBlocksReviewed.share, 'share'),
            numberWords(took.secondsToBlock.median, 'seconds'),
            ...decided(decisions),
            numberWords(took.secondsToDecision.median, 'seconds'),
          ]}
        />
      </tr>
    ))}
  </Breakdown>
);

/** @param all whether everybody is shown, and not oneself alone */
export const Moderators = ({ stats, query, all }: BreakdownProps & { readonly all: boolean }) => (
  <Breakdown
    title={t('statistics.moderators')}
    hint={t(all ? 'statistics.aboutModerators' : 'statistics.aboutYou')}
    query={query}
    table="moderators"
    names={[t('statistics.moderator'), ...decisionNames(), t('statistics.medianToDecision')]}
  >
    {stats.moderators.map(({ moderator, decisions, secondsToDecision }) => (
      <tr key={moderator.id}>
        <th scope="row">
          <span class="address">{moderator.email}</span>
        </th>
        <Numbers of={[...decided(decisions), numberWords(secondsToDecision.median, 'seconds')]} />
      </tr>
    ))}
  </Breakdown>
);
