import { readdirSync, readFileSync } from 'node:fs';

/**
 * The resident memory of a process and of all that it has started, in bytes; 0 where the system does not tell
 * (anywhere but Linux). Pages of files (Node's own program, above all) lie in memory once for all processes:
 * they count for the one that has most of them.
 */
export function treeMemory(process: number): number {
  const processes = new Map<number, { parent: number; own: number; shared: number }>();
  for (const name of listed('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const parent = Number(afterName(read(`/proc/${name}/stat`))[1]);
    const [, pages = 0, shared = 0] = read(`/proc/${name}/statm`).split(' ').map(Number);
    if (parent > 0 && pages > 0) processes.set(Number(name), { parent, own: pages - shared, shared });
  }
  const tree = [...processes].flatMap(([id, one]) => (isUnder(id, process, processes) ? [one] : []));
  const own = tree.reduce((sum, one) => sum + one.own, 0);
  return (own + Math.max(0, ...tree.map(({ shared }) => shared))) * pageSize;
}

/**
 * The processor time that a process has taken, all its threads counted, in milliseconds; undefined where the
 * system does not tell.
 */
export function processorTime(process: number): number | undefined {
  const fields = afterName(read(`/proc/${process}/stat`));
  const [user, system] = [fields[11], fields[12]].map(Number);
  const ticks = (user ?? Number.NaN) + (system ?? Number.NaN);
  return Number.isNaN(ticks) ? undefined : ticks * millisecondsATick;
}

function isUnder(id: number, ancestor: number, processes: Map<number, { parent: number }>): boolean {
  for (let at: number | undefined = id; at !== undefined; at = processes.get(at)?.parent)
    if (at === ancestor) return true;
  return false;
}

/** The fields after the name, which may hold spaces. */
function afterName(stat: string): string[] {
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** A process may end while it is read. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

const pageSize = 4096;
const millisecondsATick = 10;
