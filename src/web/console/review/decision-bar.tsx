import { useRef, useState } from 'preact/hooks';
import { type Command, useCommands } from '../commands.js';
import { t } from '../i18n.js';
import { sites } from '../session.js';
import { Button } from '../ui/button.js';
import { likeliestPolicy } from './choice.js';
import { Choices } from './choices.js';
import type { Desk } from './desk.js';
import type { HeldCase } from './held-case.js';
import { Note } from './note.js';
import { decide } from './work.js';
import type { Workplace } from './workplace.js';

interface DecisionBarProps {
  readonly desk: Desk;
  readonly held: HeldCase;
  readonly place: Workplace;
}

/** What can be decided, by button and by key; always in sight. */
export function DecisionBar({ desk, held, place: { drafts, outbox } }: DecisionBarProps) {
  const [asks, setAsks] = useState<'policy' | 'reports' | null>(null);
  const note = useRef<HTMLTextAreaElement>(null);
  const view = held.view.value;
  const isOff = !held.canBeDecided.value;
  const isEscalated = view.status === 'escalated';
  const policies = sites.value.find(({ slug }) => slug === view.site.slug)?.reasons ?? [];
  const toggle = (what: 'policy' | 'reports') => () => setAsks(asks === what ? null : what);
  const choose = (choice: Parameters<typeof decide>[2]): void => {
    setAsks(null);
    void decide(desk, outbox, choice);
  };
  const keep = (): void => choose({ action: 'keep', reports: 'ignore' });
  const escalate = (): void => choose({ action: 'escalate' });
  const command = (id: string, key: string, run: () => void, off = isOff): Command => ({
    id: `review ${id}`,
    name: `review.${id}` as Command['name'],
    group: 'review.keys',
    key,
    isOff: off,
    run,
  });
  useCommands([
    command('block', 'b', toggle('policy')),
    command('keep', 'k', keep),
    command('ignore', 'i', toggle('reports')),
    command('escalate', 'e', escalate, isOff || isEscalated),
    command('skip', 's', () => desk.skip()),
    command('next', 'n', () => desk.later(), !isOff && desk.ahead.value === null),
    command('note', 'c', () => note.current?.focus(), false),
  ]);
  return (
    <section class="decision-bar" aria-label={t('review.decide')}>
      {asks === 'policy' && !isOff ? (
        <Choices
          title={t('review.block.ask')}
          likeliest={likeliestPolicy(view, policies)}
          choices={policies.map((policy) => ({ value: policy, name: `reason.${policy}` }))}
          onChoose={(policy) => choose({ action: 'block', policy })}
          onClose={() => setAsks(null)}
        />
      ) : null}
      {asks === 'reports' && !isOff ? (
        <Choices
          title={t('review.ignore.ask')}
          likeliest="ignore"
          choices={(['ignore', 'invalid', 'valid'] as const).map((value) => ({
            value,
            name: `review.reports.${value}`,
          }))}
          onChoose={(reports) => choose({ action: 'keep', reports })}
          onClose={() => setAsks(null)}
        />
      ) : null}
      <Note ref={note} caseId={held.id} drafts={drafts} />
      <div class="decisions">
        <Button
          kind="danger"
          shortcut="b"
          disabled={isOff}
          pressed={asks === 'policy'}
          onClick={toggle('policy')}
        >
          {t('review.block')}
        </Button>
        <Button kind="main" shortcut="k" disabled={isOff} onClick={keep}>
          {t('review.keep')}
        </Button>
        <Button shortcut="i" disabled={isOff} pressed={asks === 'reports'} onClick={toggle('reports')}>
          {t('review.ignore.short')}
        </Button>
        <Button shortcut="e" disabled={isOff || isEscalated} onClick={escalate}>
          {t('review.escalate')}
        </Button>
        <Button shortcut="s" disabled={isOff} onClick={() => desk.skip()}>
          {t('review.skip')}
        </Button>
        <Button shortcut="n" disabled={!isOff && desk.ahead.value === null} onClick={() => desk.later()}>
          {t('review.next')}
        </Button>
      </div>
    </section>
  );
}
