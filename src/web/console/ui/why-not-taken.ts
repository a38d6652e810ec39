import type { Problem } from '../api.js';
import { t } from '../i18n.js';

/**
 * Why a new password is refused that the page had let pass. Its length was looked at there: then it is one that others try
 * first.
 */
export const whyNotTaken = (problem: Problem | null): string | undefined =>
  problem?.of('/password') === undefined ? undefined : t('password.guessed');
