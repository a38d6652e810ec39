/**
 * The networks behind a vote that network caps hold for (docs/rules.md, rule 3): keyed hashes of 8 bytes each, never an
 * address.
 */
export interface VoterNetworks {
  /** /24 or /56. */
  readonly narrow: Buffer;
  /** /16 or /40, around `narrow`. */
  readonly wide: Buffer;
  /** The narrow network in which the device's token was minted, where that is another than `narrow`. */
  readonly minted: Buffer | null;
}
