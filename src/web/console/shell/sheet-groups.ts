import type { Command } from '../commands.js';
import type { TextKey } from '../i18n.js';

/** A line of the sheet: something that can be done, and each of the keys that do it. */
export interface SheetLine {
  readonly command: Command;
  readonly keys: readonly string[];
}

/** What is done, the same for each of the keys that do it. */
const deedOf = ({ group, name, values }: Command): string => JSON.stringify([group, name, values]);

/** What can be done, each once: with the first of the keys that do it. */
export function eachOnce(commands: readonly Command[]): readonly Command[] {
  const deeds = new Map<string, Command>();
  for (const command of commands) {
    const deed = deedOf(command);
    if (command.isOff !== true && !deeds.has(deed)) deeds.set(deed, command);
  }
  return [...deeds.values()];
}

/** What each key does, under headings. What can be done has the key, and of that what was added last; what several keys do is one line. */
export function sheetGroups(commands: readonly Command[]): ReadonlyMap<TextKey, readonly SheetLine[]> {
  const lines = new Map<string, { command: Command; keys: string[] }>();
  const taken = new Set<string>();
  const [able, unable] = [false, true].map((isOff) =>
    commands.filter((command) => (command.isOff ?? false) === isOff),
  );
  for (const command of [...(able ?? []), ...(unable ?? [])]) {
    const { key } = command;
    if (key === undefined || taken.has(key)) continue;
    taken.add(key);
    const deed = deedOf(command);
    const line = lines.get(deed);
    if (line === undefined) lines.set(deed, { command, keys: [key] });
    else line.keys.push(key);
  }
  const groups = new Map<TextKey, SheetLine[]>();
  for (const line of lines.values()) {
    const { group } = line.command;
    groups.set(group, [...(groups.get(group) ?? []), line]);
  }
  return groups;
}
