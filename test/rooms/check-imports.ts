import { posix } from 'node:path';
import { sentenceOf, type Room } from './room-table.js';
import { importsOf, type Import, type SourceText } from './source-file.js';

/** Where everybody puts what has no place: a helper used by one room lives in it. */
const NAMELESS_ROOMS = ['common', 'utils', 'shared', 'helpers', 'types'];

/** The room of a file, or undefined for what lies directly in src/ or outside of it. */
export const roomOf = (path: string): string | undefined => /^src\/([^/]+)\//.exec(path)?.[1];

/** What a file breaks of the room table, one sentence each; files directly in src/ join the rooms and may take any. */
export function checkImports(file: SourceText, rooms: ReadonlyMap<string, Room>): string[] {
  const name = roomOf(file.path);
  if (name === undefined) return [];
  const nameless = posix
    .dirname(file.path)
    .split('/')
    .find((folder) => NAMELESS_ROOMS.includes(folder));
  if (nameless !== undefined) {
    return [`No folder is called ${nameless}/: a helper lives in the room that uses it; move ${file.path}`];
  }
  const room = rooms.get(name);
  if (room === undefined) {
    return [`${file.path} is in ${name}/, which has no row in the room table of ARCHITECTURE.md`];
  }
  return importsOf(file).flatMap((taken) => {
    const reason = taken.specifier.startsWith('.')
      ? refusalOfFile(file, room, taken)
      : refusalOfPackage(room, taken.specifier);
    return reason === undefined ? [] : [`${sentenceOf(room)}; ${file.path} ${reason}`];
  });
}

function refusalOfPackage(room: Room, specifier: string): string | undefined {
  if (room.name === 'core') return `imports ${specifier}, and core/ imports nothing from outside`;
  if (room.name === 'client' && !specifier.startsWith('node:')) {
    return `imports ${specifier}, and client/ has no dependency`;
  }
  return undefined;
}

function refusalOfFile(file: SourceText, room: Room, taken: Import): string | undefined {
  const target = posix
    .normalize(posix.join(posix.dirname(file.path), taken.specifier))
    .replace(/\.js$/, '.ts');
  if (!target.startsWith('src/')) {
    const known = target === 'package.json' || (room.name === 'database' && target.startsWith('migrations/'));
    return known ? undefined : `imports ${target}, which is not in src/`;
  }
  const other = roomOf(target);
  if (other === room.name || room.anyRoom) return undefined;
  if (other === undefined) return `imports ${target}, and no room but cli/ imports what joins the rooms`;

  const grants = room.grants.filter((grant) => grant.room === other);
  if (grants.length === 0) return `imports ${other}/ (${taken.specifier})`;
  const granted = grants.some(
    ({ only }) =>
      only === undefined ||
      (only.kind === 'types' && taken.typeOnly) ||
      (only.kind === 'file' && target === `src/${other}/${only.file}`),
  );
  return granted ? undefined : `imports more of ${other}/ than that (${taken.specifier})`;
}
