import { formatTime, t } from '../i18n.js';
import { Address } from '../ui/address.js';
import { Button } from '../ui/button.js';
import { nameOfImage } from '../ui/image-name.js';
import { ServiceSaid, wordsOf } from '../ui/service-said.js';
import { type Failed, placeOfFailed, type WhyFailed } from './bulk-outcome.js';
import type { BulkAction } from './bulk-plan.js';
import type { BulkRun } from './use-bulk.js';

interface BulkDockProps {
  readonly count: number;
  readonly run: BulkRun | null;
  readonly canEscalate: boolean;
  readonly onAction: (action: BulkAction) => void;
  readonly onClear: () => void;
  /** Null: there is nothing to take back. */
  readonly onUndo: (() => void) | null;
  readonly onClose: () => void;
}

/** Under the list: what can be done with those that are selected, how far it is, and what became of it. */
export function BulkDock({ count, run, canEscalate, onAction, onClear, onUndo, onClose }: BulkDockProps) {
  const isShown = count > 0 || run !== null;
  return (
    <section class={isShown ? 'bulk-dock' : 'bulk-dock none'} aria-label={t('bulk.title')}>
      <div role="status">{run === null ? null : <Told run={run} />}</div>
      {run === null || run.isRunning ? null : (
        <div class="actions">
          {onUndo !== null ? (
            <Button onClick={onUndo} shortcut="z">
              {t('bulk.undo', { count: run.outcome.done.length })}
            </Button>
          ) : null}
          <Button kind="quiet" onClick={onClose}>
            {t('common.close')}
          </Button>
        </div>
      )}
      {count === 0 || run?.isRunning === true ? null : (
        <div class="actions bulk-actions">
          <strong>{t('bulk.selected', { count })}</strong>
          <Button kind="danger" shortcut="b" onClick={() => onAction('block')}>
            {t('bulk.block')}
          </Button>
          <Button onClick={() => onAction('keep')}>{t('bulk.keep')}</Button>
          {canEscalate ? (
            <Button shortcut="e" onClick={() => onAction('escalate')}>
              {t('bulk.escalate')}
            </Button>
          ) : null}
          <Button kind="quiet" onClick={onClear}>
            {t('bulk.clear')}
          </Button>
        </div>
      )}
    </section>
  );
}

function Told({ run }: { readonly run: BulkRun }) {
  const { choice, count, outcome, undo, isRunning } = run;
  if (undo !== null) {
    return (
      <>
        <p>
          {isRunning
            ? t('bulk.undoing', { done: undo.undone + undo.failed.length, count })
            : t('bulk.undone', { count: undo.undone })}
        </p>
        {undo.failed.length === 0 ? null : <p>{t('bulk.undoFailed', { count: undo.failed.length })}</p>}
        <Explained failed={undo.failed} />
      </>
    );
  }
  const { done, failed } = outcome;
  if (isRunning) {
    const told = done.length + failed.length;
    return (
      <>
        <p>{t('bulk.progress', { done: told, count })}</p>
        <progress value={told} max={count} aria-label={t('bulk.title')} />
      </>
    );
  }
  return (
    <>
      <p>
        {t('bulk.done', { action: choice.action, count: done.length })}{' '}
        {failed.length === 0 ? null : t('bulk.failed', { count: failed.length })}
      </p>
      <Explained failed={failed} />
    </>
  );
}

const Explained = ({ failed }: { readonly failed: readonly Failed[] }) =>
  failed.length === 0 ? null : (
    <ul class="bulk-failed">
      {failed.map((one) => (
        <li key={one.case.id}>
          <Address of={nameOfImage(one.case.image)} href={placeOfFailed(one)} />{' '}
          <span>{wordsFor(one.reason)}</span>
          {one.reason.why === 'other' ? <ServiceSaid problem={one.reason.problem} /> : null}
        </li>
      ))}
    </ul>
  );

const SOMEBODY = 'nobody';

function wordsFor(reason: WhyFailed): string {
  switch (reason.why) {
    case 'closed':
      return t('bulk.why.closed', { who: reason.who ?? SOMEBODY, action: reason.action });
    case 'changed':
      return t('bulk.why.changed', { who: reason.who ?? SOMEBODY });
    case 'leased':
      return t('bulk.why.leased', {
        who: reason.who,
        until: formatTime(reason.until, { timeStyle: 'short' }),
      });
    case 'other':
      return wordsOf(reason.problem);
    default:
      return t(`bulk.why.${reason.why}`);
  }
}
