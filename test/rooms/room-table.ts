/** The table of rooms in ARCHITECTURE.md: `| room | holds | may import |`. */
export interface Room {
  readonly name: string;
  readonly holds: string;
  /** The third column as it is written, for the failure's message. */
  readonly mayImport: string;
  readonly anyRoom: boolean;
  readonly grants: readonly Grant[];
}

/** What a room may take from another: all of it, types only, or one file of it. */
export interface Grant {
  readonly room: string;
  readonly only?: { readonly kind: 'types' } | { readonly kind: 'file'; readonly file: string };
}

const ANY_ROOM = "any room's public functions";

/**
 * Reads the rows. In the third column `itself` grants nothing, `contract (types only)` grants `import type`,
 * `jobs (stage only)` and `core (canonical URL)` grant one file, named by the words: stage.ts, canonical-url.ts.
 *
 * @throws Error when there is no table, or when a row names a room that has no row
 */
export function parseRoomTable(markdown: string): Map<string, Room> {
  const lines = markdown.split('\n').map((line) => line.trim());
  const header = lines.findIndex((line) => /^\|\s*room\b[^|]*\|\s*holds\s*\|\s*may import\s*\|$/.test(line));
  if (header < 0) throw new Error('There is no table "| room | holds | may import |".');

  const rooms = new Map<string, Room>();
  for (const line of lines.slice(header + 2)) {
    if (!line.startsWith('|')) break;
    const cells = /^\|\s*`([a-z-]+)\/`\s*\|(.*)\|([^|]*)\|$/.exec(line);
    if (cells === null) throw new Error(`This row of the room table can not be read: ${line}`);
    const [, name = '', holds = '', mayImport = ''] = cells;
    const anyRoom = mayImport.trim() === ANY_ROOM;
    rooms.set(name, {
      name,
      holds: holds.trim(),
      mayImport: mayImport.trim(),
      anyRoom,
      grants: anyRoom ? [] : parseGrants(mayImport),
    });
  }
  for (const room of rooms.values()) {
    for (const grant of room.grants) {
      if (!rooms.has(grant.room)) {
        throw new Error(`The row of ${room.name}/ names ${grant.room}/, which has no row.`);
      }
    }
  }
  return rooms;
}

function parseGrants(column: string): Grant[] {
  return column
    .split(/,(?![^(]*\))/)
    .map((item) => item.trim())
    .filter((item) => item !== 'itself')
    .map((item): Grant => {
      const [, room, words] = /^([a-z-]+)(?: \(([^)]+)\))?$/.exec(item) ?? [];
      if (room === undefined) throw new Error(`"${item}" is not a room that may be imported.`);
      if (words === undefined) return { room };
      if (words === 'types only') return { room, only: { kind: 'types' } };
      const file = words
        .replace(/ only$/, '')
        .toLowerCase()
        .replaceAll(' ', '-');
      return { room, only: { kind: 'file', file: `${file}.ts` } };
    });
}

/** The sentence of the table, with which every failure begins. */
export function sentenceOf(room: Room): string {
  const what = room.mayImport === 'itself' ? 'nothing but itself' : room.mayImport;
  return `\`${room.name}/\` holds: ${room.holds}; it may import ${what}`;
}
