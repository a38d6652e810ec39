import type { Targets } from '../../test/flows/role-targets.js';
import type { CallerName } from './world.js';

/** How many requests are about the same thing: making it is several requests, and what is used up is an answer of its own. */
const USES = 6;

type Kind = Exclude<keyof Targets, 'fresh'>;

/** Which are the caller's own; all others are anybody's. */
const OWN: ReadonlySet<Kind> = new Set<Kind>(['held', 'token', 'session']);

/** What requests are about, made when it is asked for and used a few times, whoever asks. */
export class TargetPool {
  private readonly kept = new Map<string, { readonly made: Promise<unknown>; left: number }>();

  /** @param make things that nobody has used yet */
  constructor(private readonly make: (caller: CallerName) => Targets) {}

  of(caller: CallerName): Targets {
    const made = this.make(caller);
    const take = <K extends Kind>(kind: K) => ({ [kind]: () => this.take(kind, caller, made) });
    return {
      ...made,
      ...take('photo'),
      ...take('blocked'),
      ...take('open'),
      ...take('escalated'),
      ...take('held'),
      ...take('decision'),
      ...take('reader'),
      ...take('mute'),
      ...take('receipt'),
      ...take('key'),
      ...take('member'),
      ...take('token'),
      ...take('session'),
      ...take('job'),
      ...take('endpoint'),
      ...take('message'),
    };
  }

  private take<K extends Kind>(kind: K, caller: CallerName, targets: Targets): ReturnType<Targets[K]> {
    const name = OWN.has(kind) ? `${kind} of ${caller}` : kind;
    let one = this.kept.get(name);
    if (one === undefined || one.left === 0) {
      one = { made: targets[kind](), left: USES };
      this.kept.set(name, one);
    }
    one.left -= 1;
    return one.made as ReturnType<Targets[K]>;
  }
}
