import type { Command } from '../commands.js';
import { t, type TextKey } from '../i18n.js';
import { fit } from './match.js';
import { eachOnce } from './sheet-groups.js';

/** Commands under one heading. */
export interface FoundGroup {
  readonly name: TextKey;
  readonly commands: readonly Command[];
}

/**
 * The commands that fit what was typed, by their names here and in English, best first within their groups.
 *
 * @param english a command's name in English; undefined until that is loaded
 */
export function find(
  commands: readonly Command[],
  typed: string,
  english: (command: Command) => string | undefined,
): FoundGroup[] {
  const groups = new Map<TextKey, { command: Command; fits: number }[]>();
  for (const command of eachOnce(commands)) {
    const names = [t(command.name, command.values), english(command) ?? ''];
    const fits = fit(typed, names);
    if (fits === null) continue;
    const group = groups.get(command.group) ?? [];
    group.push({ command, fits });
    groups.set(command.group, group);
  }
  const best = (group: readonly { fits: number }[]): number => Math.min(...group.map(({ fits }) => fits));
  return [...groups]
    .sort(([, a], [, b]) => best(a) - best(b))
    .map(([name, group]) => ({
      name,
      commands: group.sort((a, b) => a.fits - b.fits).map(({ command }) => command),
    }));
}
