import type { Command } from '../commands.js';
import type { BulkAction } from './bulk-plan.js';

interface QueueActions {
  readonly hasRows: boolean;
  readonly isSelectable: boolean;
  readonly selected: number;
  readonly canEscalate: boolean;
  readonly focusBy: (step: 1 | -1) => void;
  readonly select: (isRange: boolean) => void;
  readonly toggleAll: () => void;
  readonly clear: () => void;
  readonly open: () => void;
  readonly refresh: () => void;
  readonly ask: (action: BulkAction) => void;
}

/** What keys do in the queue. */
export function queueCommands(can: QueueActions): readonly Command[] {
  const group = 'shortcuts.queue';
  const next = {
    name: 'shortcuts.queue.next',
    group,
    isOff: !can.hasRows,
    run: () => can.focusBy(1),
  } as const;
  const previous = { ...next, name: 'shortcuts.queue.previous', run: () => can.focusBy(-1) } as const;
  const selecting = { group, isOff: !can.isSelectable || !can.hasRows } as const;
  const many = { group, isOff: can.selected === 0 } as const;
  return [
    { ...next, id: 'queue next', key: 'j' },
    { ...next, id: 'queue next arrow', key: 'ArrowDown' },
    { ...previous, id: 'queue previous', key: 'k' },
    { ...previous, id: 'queue previous arrow', key: 'ArrowUp' },
    {
      id: 'queue open',
      name: 'shortcuts.queue.open',
      group,
      key: 'Enter',
      isOff: !can.hasRows,
      run: can.open,
    },
    {
      ...selecting,
      id: 'queue select',
      name: 'shortcuts.queue.select',
      key: 'x',
      run: () => can.select(false),
    },
    {
      ...selecting,
      id: 'queue range',
      name: 'shortcuts.queue.range',
      key: 'Shift+x',
      run: () => can.select(true),
    },
    { ...selecting, id: 'queue all', name: 'shortcuts.queue.all', key: 'a', run: can.toggleAll },
    { ...many, id: 'queue none', name: 'shortcuts.queue.clear', key: 'Escape', run: can.clear },
    { ...many, id: 'queue block', name: 'bulk.block', key: 'b', run: () => can.ask('block') },
    { ...many, id: 'queue keep', name: 'bulk.keep', run: () => can.ask('keep') },
    {
      ...many,
      id: 'queue escalate',
      name: 'bulk.escalate',
      key: 'e',
      isOff: can.selected === 0 || !can.canEscalate,
      run: () => can.ask('escalate'),
    },
    { id: 'queue refresh', name: 'queue.refresh', group, key: 'r', run: can.refresh },
  ];
}
