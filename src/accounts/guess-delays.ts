/** Whose guesses are counted together: of one account from one network, of one account from anywhere, of one network. */
export type GuessedBy = 'pair' | 'account' | 'network';

/** What is guessed. Codes of second factors are short, and who guesses them knows the password. */
export type GuessedWhat = 'password' | 'code';

interface Delay {
  /** Guesses without a wait. */
  readonly free: number;
  /** Seconds to wait after the first that is not free; each further one doubles them. */
  readonly first: number;
  /** Seconds at most. */
  readonly longest: number;
}

const QUARTER = 15 * 60;

/**
 * How long has to wait who guessed wrong (docs/accounts.md, ADR 21). Slow where it is one account from one network. Gentler
 * where others pay for it: of an account all over the world, and of a network in which colleagues are, it is a minute at
 * most, and does not hold where that account signed in of late. At a guess a minute a password of twelve characters lasts;
 * six digits do not, and by then the password is known: there it is a quarter of an hour.
 */
const DELAYS: Readonly<Record<GuessedWhat, Readonly<Record<GuessedBy, Delay>>>> = {
  password: {
    pair: { free: 5, first: 5, longest: QUARTER },
    account: { free: 20, first: 1, longest: 60 },
    network: { free: 50, first: 1, longest: 60 },
  },
  code: {
    pair: { free: 5, first: 5, longest: QUARTER },
    account: { free: 10, first: 5, longest: QUARTER },
    network: { free: 50, first: 1, longest: 60 },
  },
};

/** Seconds that must have passed since the last of so many wrong guesses before the next is looked at. */
export function guessDelay(what: GuessedWhat, by: GuessedBy, failures: number): number {
  const { free, first, longest } = DELAYS[what][by];
  return failures < free ? 0 : Math.min(longest, first * 2 ** (failures - free));
}
