import { computed, signal } from '@preact/signals';
import type { NextStepAnswer, SessionAnswer, SessionSite } from '../../contract/session.js';
import { api, door, Problem } from './api.js';
import { chosenSite } from './preferences.js';

/** Undefined: not asked yet. Null: nobody is signed in. A `next`: the password was right, and more is needed. */
type SessionState = SessionAnswer | NextStepAnswer | null | undefined;

const state = signal<SessionState>(undefined);
/** Whether a session that was there ended by itself: the page stays as it is, and asks to sign in again over it. */
export const isInterrupted = signal(false);

export const session = computed<SessionAnswer | null>(() => {
  const now = state.value;
  return now == null || 'next' in now ? null : now;
});
export const nextStep = computed(() => {
  const now = state.value;
  return now != null && 'next' in now ? now.next : null;
});
export const isAsked = computed(() => state.value !== undefined);

door.onSignedOut = () => {
  if (session.peek() !== null) isInterrupted.value = true;
};

export function enter(answer: SessionAnswer | NextStepAnswer): void {
  door.csrfToken = answer.csrfToken;
  state.value = answer;
  if (!('next' in answer)) isInterrupted.value = false;
}

/** Asks who is signed in. @throws Problem when the service can not be reached */
export async function loadSession(): Promise<void> {
  try {
    enter(await api.get<SessionAnswer | NextStepAnswer>('/v1/session'));
  } catch (error) {
    if (!(error instanceof Problem && error.status === 401)) throw error;
    state.value = null;
  }
}

export async function signIn(email: string, password: string): Promise<void> {
  enter(await api.post<SessionAnswer | NextStepAnswer>('/v1/session', { email, password }));
}

/** @param proof the code of the second factor, or a recovery code */
export async function sendSecondFactor(
  proof: { readonly code: string } | { readonly recoveryCode: string },
): Promise<void> {
  enter(await api.post<SessionAnswer>('/v1/session/totp', proof));
}

export async function signOut(): Promise<void> {
  try {
    await api.remove('/v1/session');
  } catch (error) {
    // It is over already: that is what was wanted.
    if (!(error instanceof Problem && error.status === 401)) throw error;
  }
  forgetSession();
}

/** Shows the sign-in page, with nothing of what was on the page before. */
export function forgetSession(): void {
  door.csrfToken = '';
  isInterrupted.value = false;
  state.value = null;
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
