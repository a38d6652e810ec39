import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks of /proc in microseconds: 100 a second on every Linux that Node runs on. */
const TICK = 10_000;

/** One process of /proc: its parent, and its own time and that of its ended children, in microseconds. */
function readProcess(pid: number | string): { parent: number; time: number } | null {
  try {
    // The name, in brackets, may hold spaces; fields are counted after it.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    return { parent: Number(fields[1]), time: ticks * TICK };
  } catch {
    return null;
  }
}

/** CPU time that a process and its direct children have used, in microseconds; 0 where there is no /proc. */
export function cpuTimeOf(pid: number): number {
  const own = readProcess(pid);
  if (own === null) return 0;
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(readProcess)
    .filter((other) => other?.parent === pid);
  return children.reduce((sum, child) => sum + (child?.time ?? 0), own.time);
}

/** The processes whose parent it is. */
export const childrenOf = (pid: number): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((other) => parentOf(other) === pid);

/** The parent of a process, or 0. */
export const parentOf = (pid: number): number => readProcess(pid)?.parent ?? 0;
