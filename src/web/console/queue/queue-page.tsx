import { useLocation } from 'preact-iso';
import { useEffect, useRef, useState } from 'preact/hooks';
import { REASONS } from '../../../core/reasons.js';
import { BreakerPlace } from '../automation/breaker-place.js';
import { useCommands } from '../commands.js';
import { formatNumber, t } from '../i18n.js';
import { hasRole, site, sites } from '../session.js';
import { useSiteInAddress } from '../site-in-address.js';
import { mayLeave } from '../unsaved.js';
import { Button } from '../ui/button.js';
import { NoSite } from '../ui/no-site.js';
import { Empty, Failed, Loading, Page } from '../ui/page.js';
import { toastProblem } from '../ui/toasts.js';
import { BulkDialog } from './bulk-dialog.js';
import { BulkDock } from './bulk-dock.js';
import type { BulkAction, BulkChoice } from './bulk-plan.js';
import { CaseRow } from './case-row.js';
import { filterOf, queryOf, type QueueFilter } from './filter.js';
import { Filters } from './filters.js';
import '../ui/lists.css';
import './queue.css';
import { queueCommands } from './queue-commands.js';
import { type Left, placeOf, type Row } from './rows.js';
import { selectable, type Selection, still, toggle, withAll, without, withRange } from './selection.js';
import { useBulk } from './use-bulk.js';
import { useQueue } from './use-queue.js';

const PATH = '/console/queue';
const NO_ROWS: readonly Row[] = [];
const NONE: Selection = new Map();

/** The review queue: which cases there are, who works on them, and many decided at once. */
export default function QueuePage() {
  const { query, route } = useLocation();
  const filter = filterOf(query, REASONS);
  const { to, slug } = useSiteInAddress(PATH, queryOf(filter));
  const queue = useQueue({ ...filter, site: slug }, filter.status);
  const rows = queue.listed?.rows ?? NO_ROWS;
  const [selected, setSelected] = useState<Selection>(NONE);
  const [asked, setAsked] = useState<BulkAction | null>(null);
  const bulk = useBulk();
  const current = useRef<string | null>(null);
  const anchor = useRef<string | null>(null);
  const listPlace = useRef<HTMLUListElement>(null);
  const subject = to(queryOf(filter));
  useEffect(() => {
    setSelected(NONE);
    bulk.close();
    current.current = null;
    anchor.current = null;
  }, [subject]);
  useEffect(() => setSelected((before) => still(before, rows)), [rows]);

  const chosen = rows.filter(({ case: { id } }) => selected.has(id)).map((row) => row.case);
  const isSelectable = filter.status !== 'closed';
  const change = (next: QueueFilter): void =>
    void mayLeave().then((yes) => {
      if (yes) route(to(queryOf(next)));
    });
  const select = (id: string, isRange: boolean): void => {
    if (isRange && anchor.current !== null) setSelected(withRange(selected, rows, anchor.current, id));
    else {
      const one = selectable(rows).find((row) => row.id === id);
      if (one !== undefined) setSelected(toggle(selected, one));
    }
    anchor.current = id;
  };
  const takeBack = async (choice: BulkChoice, outcome: Parameters<typeof bulk.undo>[1]): Promise<void> => {
    await bulk.undo(choice, outcome);
    queue.reload();
  };
  const decide = async (choice: BulkChoice): Promise<void> => {
    setAsked(null);
    // As they were when they were selected.
    const seen = chosen.map((one) => selected.get(one.id) ?? one);
    const outcome = await bulk.decide(seen, choice);
    const left = new Map(
      outcome.done.map(({ case: one }): [string, Left] => [
        one.id,
        choice.action === 'escalate'
          ? { how: 'escalated', own: true }
          : { how: 'closed', outcome: choice.action, own: true },
      ]),
    );
    queue.leaveNow(left);
    const changed = outcome.failed.filter(({ reason: { why } }) => why === 'changed' || why === 'replaced');
    setSelected((before) =>
      without(
        before,
        changed.map(({ case: { id } }) => id),
      ),
    );
    queue.reload();
  };
  const focusBy = (step: 1 | -1): void => {
    const links = [...(listPlace.current?.querySelectorAll<HTMLElement>('.case-name') ?? [])];
    const place = rows.findIndex((row) => row.case.id === current.current);
    const next = links[place === -1 ? 0 : Math.min(Math.max(place + step, 0), links.length - 1)];
    next?.focus();
    next?.closest('li')?.scrollIntoView({ block: 'nearest' });
  };
  const { run } = bulk;
  const isUndoable = run !== null && !run.isRunning && run.undo === null && run.outcome.done.length > 0;
  const undo = isUndoable ? () => void takeBack(run.choice, run.outcome) : null;
  const toggleAll = (): void => {
    const all = selectable(rows);
    setSelected(selected.size < all.length ? withAll(selected, all) : NONE);
  };
  useCommands(
    queueCommands({
      hasRows: rows.length > 0,
      isSelectable,
      selected: chosen.length,
      canEscalate: filter.status !== 'escalated',
      focusBy,
      select: (isRange) => {
        if (current.current !== null) select(current.current, isRange);
      },
      toggleAll,
      clear: () => setSelected(NONE),
      open: () => {
        const row = rows.find((one) => one.case.id === current.current);
        if (row !== undefined) void mayLeave().then((yes) => yes && route(placeOf(row)));
      },
      refresh: () => (queue.newCases > 0 ? queue.showNew() : queue.reload()),
      undo,
      ask: setAsked,
    }),
  );

  return (
    <Page title={t('page.queue')}>
      <BreakerPlace />
      <Filters filter={filter} isLead={hasRole('lead', site.value ?? undefined)} to={to} onChange={change} />
      <div class="news" role="status">
        {queue.newCases === 0 ? null : (
          <div class="news-inside">
            <span>{t('queue.new', { count: queue.newCases })}</span>
            <Button onClick={queue.showNew} shortcut="r">
              {t('queue.newShow')}
            </Button>
          </div>
        )}
      </div>
      {queue.problem !== null ? (
        <Failed problem={queue.problem} onAgain={queue.reload} />
      ) : queue.listed === undefined ? (
        <Loading />
      ) : sites.value.length === 0 ? (
        <NoSite />
      ) : rows.length === 0 ? (
        <NoCases filter={filter} allReasons={to(queryOf({ ...filter, reason: null }))} />
      ) : (
        <>
          {isSelectable ? (
            <label class="select-all">
              <input
                type="checkbox"
                checked={chosen.length > 0 && chosen.length === selectable(rows).length}
                onChange={toggleAll}
              />
              {t('bulk.selectAll')}
            </label>
          ) : null}
          <ul class="cases" ref={listPlace} aria-label={t('queue.list')}>
            {rows.map((row) => (
              <CaseRow
                key={row.case.id}
                row={row}
                isSelected={selected.has(row.case.id)}
                isSelectable={isSelectable}
                hasSite={slug === null && sites.value.length > 1}
                onSelect={(isRange) => select(row.case.id, isRange)}
                onFocus={() => {
                  current.current = row.case.id;
                }}
              />
            ))}
          </ul>
        </>
      )}
      {queue.hasMore && rows.length > 0 ? (
        <Button
          onClick={() => void queue.more().catch(toastProblem)}
          isBusy={queue.isLoadingMore}
          class="more"
        >
          {t('queue.more')} ({formatNumber(rows.length)})
        </Button>
      ) : null}
      <BulkDock
        count={chosen.length}
        run={run}
        canEscalate={filter.status !== 'escalated'}
        onAction={setAsked}
        onClear={() => setSelected(NONE)}
        onUndo={undo}
        onClose={bulk.close}
      />
      {asked === null || chosen.length === 0 ? null : (
        <BulkDialog
          action={asked}
          cases={chosen}
          onDecide={(choice) => void decide(choice)}
          onClose={() => setAsked(null)}
        />
      )}
    </Page>
  );
}

/** In the place of cases: what that means, and what to do. */
const NoCases = ({ filter, allReasons }: { readonly filter: QueueFilter; readonly allReasons: string }) =>
  filter.reason === null ? (
    <Empty title={t(`queue.empty.${filter.status}`)}>
      <p>{t(`queue.empty.${filter.status}Hint`)}</p>
    </Empty>
  ) : (
    <Empty title={t('queue.empty.reason')}>
      <a href={allReasons}>{t('queue.empty.reasonAll')}</a>
    </Empty>
  );
