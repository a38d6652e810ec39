import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { type Command, useCommands } from '../commands.js';
import { t } from '../i18n.js';
import { sites } from '../session.js';
import { Button } from '../ui/button.js';
import type { CaseView } from '../../../contract/cases.js';
import { type Choice, likeliestPolicy } from './choice.js';
import { Choices, commandsOf, type Question } from './choices.js';
import { onePressEach, useIsNew } from './deliberate.js';
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
  const [asked, setAsked] = useState<{ readonly caseId: string; readonly what: 'policy' | 'reports' } | null>(
    null,
  );
  const note = useRef<HTMLTextAreaElement>(null);
  const bar = useRef<HTMLElement>(null);
  useLayoutEffect(() => (bar.current === null ? undefined : tellHeight(bar.current)), []);
  const view = held.view.value;
  const isOff = !held.canBeDecided.value;
  const isNew = useIsNew(held);
  const isEscalated = view.status === 'escalated';
  // A question about one case is none about the next.
  const asks = asked?.caseId === held.id && !isOff ? asked.what : null;
  const close = (): void => setAsked(null);
  const toggle = (what: 'policy' | 'reports') => () =>
    setAsked(asks === what ? null : { caseId: held.id, what });
  const choose = (choice: Choice): void => {
    if (isNew) return;
    close();
    void decide(desk, outbox, choice);
  };
  const keep = (): void => choose({ action: 'keep', reports: 'ignore' });
  const escalate = (): void => choose({ action: 'escalate' });
  const skip = (): void => {
    if (!isNew) desk.skip();
  };
  const question =
    asks === null ? null : asks === 'policy' ? whichPolicy(view, choose) : whatOfReports(choose);
  const command = (id: string, key: string, run: () => void, off = isOff): Command => ({
    id: `review ${id}`,
    name: `review.${id}` as Command['name'],
    group: 'review.keys',
    key,
    isOff: off,
    run,
  });
  useCommands([
    ...(question === null ? [] : commandsOf(question, close)),
    command('block', 'b', toggle('policy')),
    command('keep', 'k', keep),
    command('ignore', 'i', toggle('reports')),
    command('escalate', 'e', escalate, isOff || isEscalated),
    command('skip', 's', skip),
    command('next', 'n', () => desk.later(), !isOff && desk.ahead.value === null),
    command('note', 'c', () => note.current?.focus(), false),
  ]);
  return (
    <section
      ref={bar}
      class={isNew ? 'decision-bar new' : 'decision-bar'}
      aria-label={t('review.decide')}
      {...onePressEach}
    >
      {question === null ? null : <Choices key={question.title} question={question} />}
      <Note key={held.id} ref={note} caseId={held.id} drafts={drafts} />
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
        <Button
          shortcut="i"
          title={t('review.ignore.title')}
          disabled={isOff}
          pressed={asks === 'reports'}
          onClick={toggle('reports')}
        >
          {t('review.ignore.short')}
        </Button>
        <Button shortcut="e" disabled={isOff || isEscalated} onClick={escalate}>
          {t('review.escalate')}
        </Button>
        <Button shortcut="s" title={t('review.skip.title')} disabled={isOff} onClick={skip}>
          {t('review.skip')}
        </Button>
        <Button
          shortcut="n"
          title={t('review.next.title')}
          disabled={!isOff && desk.ahead.value === null}
          onClick={() => desk.later()}
        >
          {t('review.next')}
        </Button>
      </div>
    </section>
  );
}

/** Tells styles how tall the bar is (`--decision-bar`), for what stands above it. @returns how to stop */
function tellHeight(bar: HTMLElement): () => void {
  const { style } = document.documentElement;
  const observer = new ResizeObserver(() => style.setProperty('--decision-bar', `${bar.offsetHeight}px`));
  observer.observe(bar);
  return () => {
    observer.disconnect();
    style.removeProperty('--decision-bar');
  };
}

function whichPolicy(view: CaseView, choose: (choice: Choice) => void): Question {
  const policies = sites.value.find(({ slug }) => slug === view.site.slug)?.reasons ?? [];
  return {
    title: t('review.block.ask'),
    answers: policies.map((policy) => ({ value: policy, name: `reason.${policy}` })),
    likeliest: likeliestPolicy(view, policies),
    choose: (policy) => choose({ action: 'block', policy }),
  };
}

const VERDICTS = ['ignore', 'invalid', 'valid'] as const;

const whatOfReports = (choose: (choice: Choice) => void): Question => ({
  title: t('review.ignore.ask'),
  answers: VERDICTS.map((value) => ({ value, name: `review.reports.${value}` })),
  likeliest: 'ignore',
  choose: (value) => {
    const reports = VERDICTS.find((one) => one === value);
    if (reports !== undefined) choose({ action: 'keep', reports });
  },
});
