import { readFileSync } from 'node:fs';
import { childrenOf } from './cpu-time.js';

/** Bytes of a process that are in memory. */
export function residentMemory(pid: number): number {
  return kilobytes(`/proc/${pid}/status`, /^VmRSS:\s+(\d+) kB/m) * 1024;
}

/**
 * Bytes in memory of all that a process has started, and they in turn: of what several share, each has its part, so that a
 * Postgres of ten processes does not have its buffers ten times.
 */
export const proportionalMemory = (pid: number): number =>
  childrenOf(pid).reduce(
    (sum, child) =>
      sum + kilobytes(`/proc/${child}/smaps_rollup`, /^Pss:\s+(\d+) kB/m) * 1024 + proportionalMemory(child),
    0,
  );

function kilobytes(file: string, line: RegExp): number {
  try {
    const [, number = '0'] = line.exec(readFileSync(file, 'utf8')) ?? [];
    return Number(number);
  } catch {
    // A process that has just ended.
    return 0;
  }
}
