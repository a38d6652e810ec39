import type { LeftOutChange } from '../core/left-out.js';
import type { VoteChange } from '../core/tally.js';
import type { VoteKey } from '../database/statements/votes/cast-votes.js';
import type { VoterNetworks } from '../database/voter-networks.js';

/** What a vote became. `from` and `to`: with which reasons it was counted, and is. */
export interface ChangedVote extends VoteKey, VoteChange {
  readonly imageId: string;
  readonly networks: VoterNetworks | null;
  readonly leftOut: LeftOutChange;
  /** It newly gives the severe reason, and is not counted. */
  readonly severeUncounted: boolean;
  /** Another system recorded all that is new of it before the window: that opens no case. */
  readonly isOld?: boolean;
  /** It is heard of for the first time but for what another system recorded before the window: that opens a case, however old it is. */
  readonly opens?: boolean;
  /** When it was cast, in ms. */
  readonly castAt: number;
  /** Devices of this account that reported with it: what they spent of a budget, the person has spent. */
  readonly devices: readonly Buffer[];
}
