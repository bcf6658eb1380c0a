/** Cases of Kyverno's files, which are lists and not of the form that `run.ts` reads. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Those of the project; `cases-*.json`, whole policies, lie in the folder that the environment names. */
export function kyvernoCases<T extends { id: string }>(file: string): T[] {
  const folders = [join(import.meta.dirname, 'kyverno'), ...wholePolicies()];
  const path = folders.map((folder) => join(folder, file)).find((one) => existsSync(one));
  return path === undefined ? [] : (JSON.parse(readFileSync(path, 'utf8')) as T[]);
}

/** Whether those of a file are at hand: whole policies are no part of the project. */
export function hasKyvernoCases(file: string): boolean {
  return kyvernoCases(file).length > 0;
}

function wholePolicies(): string[] {
  const named = process.env.PLUMBLINE_VECTORS;
  const root = join(import.meta.dirname, '../../..');
  return [...(named ? [join(named, 'kyverno')] : []), join(root, 'shared/vectors/kyverno')];
}

/**
 * Runs each case; what is set aside is named by its id with its reason. Gives the sentences about what is
 * wrong, each with the id of its case.
 */
export function runKyverno<T extends { id: string }>(
  file: string,
  run: (one: T) => string[],
  aside: Record<string, string> = {},
  rowsOf: (one: T) => number = () => 1,
): { ran: number; failures: string[] } {
  const all = kyvernoCases<T>(file);
  const taken = all.filter(({ id }) => aside[id] === undefined);
  const failures = taken.flatMap((one) => run(one).map((fault) => `${one.id}: ${fault}`));
  const left = Object.entries(aside).filter(([id]) => all.some((one) => one.id === id));
  const reasons = left.map(([id, why]) => `${id} (${why})`).join(', ');
  const rows = taken.reduce((sum, one) => sum + rowsOf(one), 0);
  const shown = rows === taken.length ? '' : ` with ${rows} rows`;
  console.log(
    `kyverno/${basename(file)}: ${taken.length} ran${shown}, ${failures.length} faults, ${left.length} set aside${reasons === '' ? '' : `: ${reasons}`}`,
  );
  return { ran: taken.length, failures };
}
