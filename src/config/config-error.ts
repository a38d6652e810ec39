/** The settings can't be used. `problems` holds one sentence per wrong setting, each saying what to set. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly problems: readonly string[]) {
    const count = problems.length === 1 ? 'One setting is' : `${problems.length} settings are`;
    super([`${count} wrong:`, ...problems.map((problem) => `  - ${problem}`)].join('\n'));
  }
}
