import type { BlockIndex } from './block-index.js';

/** What the block index answers to "may this process be asked?". */
export class BlockIndexReadiness {
  readonly name = 'block index';

  /** `now`: ms since 1970. */
  constructor(
    private readonly index: Pick<BlockIndex, 'ready' | 'asOf'>,
    private readonly options: { readonly staleAfterSeconds: number },
    private readonly now: () => number = Date.now,
  ) {}

  /** 'down' before the index is loaded, and when the log could not be read for `staleAfterSeconds`. */
  check(): Promise<'up' | 'down'> {
    const age = this.now() - this.index.asOf.getTime();
    return Promise.resolve(this.index.ready && age <= this.options.staleAfterSeconds * 1000 ? 'up' : 'down');
  }
}
