import { computed, signal } from '@preact/signals';
import { useLocation } from 'preact-iso';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { type Draft, isSame, rebase } from './drafts.js';
import { t, type TextKey } from './i18n.js';
import { beforeSignOut, session } from './session.js';
import { confirm } from './ui/confirm.js';

/** By what they are of: drafts outlive their page, so that another choice of the site loses none. */
const kept = new Map<string, Draft<object>>();

/** What is asked before the page is left. */
export interface LeaveWords {
  readonly title: TextKey;
  readonly text: TextKey;
  readonly leave: TextKey;
}

const NOT_SAVED: LeaveWords = { title: 'unsaved.title', text: 'unsaved.text', leave: 'unsaved.leave' };
const NOT_SAVED_ELSEWHERE: LeaveWords = { ...NOT_SAVED, text: 'unsaved.elsewhere' };

/** How what is unfinished on the page is dropped, and what is asked before. */
const dirty = signal<ReadonlyMap<string, { readonly drop: () => void; readonly words: LeaveWords }>>(
  new Map(),
);

/** Asks, where something on the page is not saved, or under way. True: go; that is dropped then. */
export async function mayLeave(): Promise<boolean> {
  const [first] = dirty.peek().values();
  if (first === undefined) return true;
  const yes = await ask(first.words);
  if (yes) dropAll();
  return yes;
}

/** As `mayLeave`; a form of a site that was chosen before is kept as long as its person is signed in, and no longer. */
async function maySignOut(): Promise<boolean> {
  if (dirty.peek().size > 0) return mayLeave();
  return [...kept.values()].every(({ base, draft }) => isSame(base, draft)) || ask(NOT_SAVED_ELSEWHERE);
}
beforeSignOut(maySignOut);

const person = computed(() => session.value?.staff.id);
// Whoever comes next in this window finds nothing of it, however the one before went.
person.subscribe(() => {
  dropAll();
  kept.clear();
});

function dropAll(): void {
  for (const { drop } of dirty.peek().values()) drop();
}

const ask = ({ title, text, leave }: LeaveWords): Promise<boolean> =>
  confirm({ title: t(title), body: t(text), action: t(leave), isDangerous: true });

export interface Editing<T extends object> {
  readonly value: T;
  readonly isDirty: boolean;
  readonly change: (part: Partial<T>) => void;
  readonly discard: () => void;
}

/**
 * A form over what is saved. What is typed is kept until it is saved or discarded: when saving fails, when another site is
 * chosen meanwhile, and when somebody else saves another part.
 *
 * @param subject what is changed, such as `rule revue`
 */
export function useEditing<T extends object>(subject: string, saved: T): Editing<T> {
  const [, again] = useState(0);
  const standing = kept.get(subject) as Draft<T> | undefined;
  const { draft } = standing === undefined ? { draft: saved } : rebase(standing, saved);
  const isDirty = !isSame(draft, saved);
  const latest = useRef({ draft, saved });
  latest.current = { draft, saved };
  const change = useCallback(
    (part: Partial<T>) => {
      const { draft, saved } = latest.current;
      kept.set(subject, { base: saved, draft: { ...draft, ...part } });
      latest.current = { saved, draft: { ...draft, ...part } };
      again((turn) => turn + 1);
    },
    [subject],
  );
  const discard = useCallback(() => {
    kept.delete(subject);
    latest.current = { ...latest.current, draft: latest.current.saved };
    again((turn) => turn + 1);
  }, [subject]);
  useUnsaved(subject, isDirty, discard);
  return { value: draft, isDirty, change, discard };
}

/** Asks before the page is left by any way, while something on it is unfinished. @param discard called then */
export function useUnsaved(
  subject: string,
  isDirty: boolean,
  discard: () => void,
  words: LeaveWords = NOT_SAVED,
): void {
  const { route, url } = useLocation();
  useEffect(() => {
    if (!isDirty) return undefined;
    dirty.value = new Map([...dirty.peek(), [subject, { drop: discard, words }]]);
    const go = (href: string): void => {
      void mayLeave().then((yes) => {
        if (yes) route(href);
      });
    };
    const onClick = (event: MouseEvent): void => {
      const link = event.target instanceof Element ? event.target.closest('a') : null;
      const staysHere = link === null || link.target === '_blank' || link.origin !== location.origin;
      if (staysHere || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
      if (link.pathname + link.search === url) return;
      event.preventDefault();
      event.stopPropagation();
      go(link.pathname + link.search);
    };
    const onBack = (event: PopStateEvent): void => {
      event.stopImmediatePropagation();
      const wanted = location.pathname + location.search;
      history.pushState(null, '', url);
      go(wanted);
    };
    const onUnload = (event: BeforeUnloadEvent): void => event.preventDefault();
    document.addEventListener('click', onClick, true);
    addEventListener('popstate', onBack, true);
    addEventListener('beforeunload', onUnload);
    return () => {
      const others = new Map(dirty.peek());
      others.delete(subject);
      dirty.value = others;
      document.removeEventListener('click', onClick, true);
      removeEventListener('popstate', onBack, true);
      removeEventListener('beforeunload', onUnload);
    };
  }, [subject, isDirty, discard, words, route, url]);
}
