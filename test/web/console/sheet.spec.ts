import type { Command } from '../../../src/web/console/commands.js';
import { queueCommands } from '../../../src/web/console/queue/queue-commands.js';
import { eachOnce, sheetGroups } from '../../../src/web/console/shell/sheet-groups.js';

const nothing = (): void => undefined;
const queue = (selected: number): readonly Command[] =>
  queueCommands({
    hasRows: true,
    isSelectable: true,
    selected,
    canEscalate: true,
    focusBy: nothing,
    select: nothing,
    toggleAll: nothing,
    clear: nothing,
    open: nothing,
    refresh: nothing,
    undo: null,
    ask: nothing,
  });
const told = (commands: readonly Command[]): readonly (readonly [string, readonly string[]])[] =>
  [...sheetGroups(commands).values()].flat().map(({ command, keys }) => [command.name, keys]);

it('says once what several keys do, with each of them', () => {
  const lines = told(queue(0));
  expect(lines).toContainEqual(['shortcuts.queue.next', ['j', 'ArrowDown']]);
  expect(lines).toContainEqual(['shortcuts.queue.previous', ['k', 'ArrowUp']]);
  expect(new Set(lines.map(([name]) => name)).size).toBe(lines.length);
});

it('has each of them once in the palette, with the first of its keys', () => {
  const able = eachOnce(queue(1));
  expect(able.filter(({ name }) => name === 'shortcuts.queue.next').map(({ key }) => key)).toEqual(['j']);
  expect(new Set(able.map(({ name }) => name)).size).toBe(able.length);
  expect(eachOnce(queue(0)).map(({ name }) => name)).not.toContain('bulk.block');
});

it('gives a key to what can be done, and of that to what was added last', () => {
  const other: Command = {
    id: 'undo',
    name: 'palette.short',
    group: 'shortcuts.everywhere',
    key: 'z',
    run: nothing,
  };
  expect(told([...queue(0), other])).toContainEqual(['palette.short', ['z']]);
  expect(told([other, { ...other, id: 'later', name: 'palette.title' }])).toEqual([['palette.short', ['z']]]);
});
