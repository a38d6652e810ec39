import type { DecideImage } from '../moderation/image-command.js';

/** A decision of the demonstration's moderator, who may decide everything, and finds those right whose picture they block. */
export const decisionOf = (
  decided: Pick<DecideImage, 'siteId' | 'target' | 'seen' | 'action' | 'policy' | 'staffId'>,
): DecideImage => ({
  type: 'decide',
  ...decided,
  note: null,
  reports: decided.action === 'block' ? 'valid' : 'ignore',
  lead: true,
  bulk: false,
  contentVersion: null,
});
