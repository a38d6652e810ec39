import { computed, signal } from '@preact/signals';
import type { NextStep, NextStepAnswer, SessionAnswer, SessionSite } from '../../contract/session.js';
import { api, door, type How, Problem } from './api.js';
import { hearWindows, tellWindows } from './other-windows.js';
import { chosenSite } from './preferences.js';

/** Undefined: not asked yet. Null: nobody is signed in. */
const known = signal<SessionAnswer | null | undefined>(undefined);
/** The password was right, and this is still needed. */
export const nextStep = signal<NextStep | null>(null);
/** Whether the step after the password took so long that the password is asked for again. */
export const tookTooLong = signal(false);
/** Whether a session that was there ended by itself: the page stays as it is, and asks to sign in again over it. */
export const isInterrupted = signal(false);
/** Whether another person signed in meanwhile, in this browser: nothing is sent any more, and the page begins anew. */
export const isAnothers = signal(false);

export const session = computed<SessionAnswer | null>(() => known.value ?? null);
export const isAsked = computed(() => known.value !== undefined);

function interrupt(): void {
  if (session.peek() !== null) isInterrupted.value = true;
}
door.onSignedOut = interrupt;

/** The page as it is when it is opened: nothing on it is another person's. */
const beginAnew = (): void => location.replace('/console/');

export function enter(answer: SessionAnswer | NextStepAnswer): void {
  const before = known.peek();
  if (!('next' in answer) && before != null && before.staff.id !== answer.staff.id) {
    // Before their token is taken over: what this page has under way is not theirs.
    door.isClosed = true;
    isAnothers.value = true;
    beginAnew();
    return;
  }
  door.csrfToken = answer.csrfToken;
  tookTooLong.value = false;
  if ('next' in answer) {
    nextStep.value = answer.next;
    known.value ??= null;
    return;
  }
  nextStep.value = null;
  const isNew = before == null || isInterrupted.peek();
  known.value = answer;
  isInterrupted.value = false;
  if (isNew) tellWindows({ kind: 'in', staff: answer.staff.id });
}

/** Asks who is signed in. @throws Problem when the service can not be reached */
export async function loadSession(how: How = {}): Promise<void> {
  try {
    enter(await api.get<SessionAnswer | NextStepAnswer>('/v1/session', {}, how));
  } catch (error) {
    if (!(error instanceof Problem && error.status === 401)) throw error;
    if (session.peek() === null) known.value = null;
    else interrupt();
  }
}

/** As `loadSession`, for a page that is there: where nobody answers, what it does next tells. */
export async function checkSession(): Promise<void> {
  try {
    await loadSession({ isBackground: true });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
  }
}

door.renew = async () => {
  await checkSession();
  return session.peek() !== null && !isInterrupted.peek() && !isAnothers.peek();
};

hearWindows((message) => {
  if (message.kind === 'out') interrupt();
  // Another person's cookie is this window's, too; the same person's ends an interruption.
  else if (isInterrupted.peek() || message.staff !== session.peek()?.staff.id) void checkSession();
});
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible' && session.peek() !== null) void checkSession();
});

export async function signIn(email: string, password: string): Promise<void> {
  enter(await api.post<SessionAnswer | NextStepAnswer>('/v1/session', { email, password }));
}

/** @param proof the code of the second factor, or a recovery code */
export async function sendSecondFactor(
  proof: { readonly code: string } | { readonly recoveryCode: string },
): Promise<void> {
  try {
    enter(await api.post<SessionAnswer>('/v1/session/totp', proof));
  } catch (error) {
    endLateStep(error);
    throw error;
  }
}

/** Asks for the password again where a step after it was refused because it took too long. */
export function endLateStep(error: unknown): void {
  if (nextStep.peek() === null || !(error instanceof Problem && error.status === 401)) return;
  tookTooLong.value = true;
  nextStep.value = null;
}

/** What a part of the console does before its person signs out. False: they do not, after all. */
type BeforeSignOut = () => Promise<boolean>;
const partings: BeforeSignOut[] = [];

/** @returns how to have it not done any more */
export function beforeSignOut(run: BeforeSignOut): () => void {
  partings.push(run);
  return () => void partings.splice(partings.indexOf(run), 1);
}

export async function signOut(): Promise<void> {
  const staffId = session.peek()?.staff.id;
  for (const run of [...partings]) if (!(await run())) return;
  try {
    await api.remove('/v1/session');
  } catch (error) {
    // It is over already: that is what was wanted.
    if (!(error instanceof Problem && error.status === 401)) throw error;
  }
  tellWindows({ kind: 'out' });
  forgetSession();
  if (staffId !== undefined) forgetWork(staffId);
}

/** What a person typed and had not sent, kept by this window: who signs out leaves nothing of it to who comes next. */
function forgetWork(staffId: string): void {
  try {
    for (const key of Object.keys(sessionStorage))
      if (/^vigie-console:(?:note|sending)\b/.test(key) && key.endsWith(`:${staffId}`))
        sessionStorage.removeItem(key);
  } catch {
    // The browser keeps nothing.
  }
}

/** Back to the password, from the step after it. */
export async function leaveStep(): Promise<void> {
  nextStep.value = null;
  try {
    await api.remove('/v1/session');
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
  }
}

/** Shows the sign-in page, with nothing of what was on the page before. */
export function forgetSession(): void {
  door.csrfToken = '';
  isInterrupted.value = false;
  nextStep.value = null;
  tookTooLong.value = false;
  known.value = null;
}

const NO_SITES: readonly SessionSite[] = [];
export const sites = computed(() => session.value?.sites ?? NO_SITES);

/** The site that was chosen; null: all. Where somebody has one only, that one. */
export const site = computed<SessionSite | null>(() => {
  const [first, second] = sites.value;
  if (first !== undefined && second === undefined) return first;
  return sites.value.find(({ slug }) => slug === chosenSite.value) ?? null;
});

const RANKS = { moderator: 1, lead: 2, admin: 3 } as const;
export type Role = keyof typeof RANKS;

/** Whether whoever is signed in has a role, or a higher one, on a site; without a site: on any. */
export function hasRole(role: Role, on?: { readonly slug: string }): boolean {
  if (session.value?.admin === true) return true;
  return sites.value.some(
    (one) => (on === undefined || one.slug === on.slug) && RANKS[one.role] >= RANKS[role],
  );
}
