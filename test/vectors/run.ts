/** Runs the cases of this folder against our code. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { JsonObject } from '../../plugins/base/json-value.ts';

/** @param file from this folder: `argocd/sync-order.json` */
export function vectors(file: string): Vector[] {
  return casesOf(join(import.meta.dirname, file));
}

function casesOf(path: string): Vector[] {
  return (JSON.parse(readFileSync(path, 'utf8')) as { cases: Vector[] }).cases;
}

/**
 * Runs every case that some op takes; what is set aside is named with its reason, by op or by id. A test
 * asserts how many ran as well as that none failed: a case that is lost would otherwise go unnoticed. Files
 * of the same form in the folder that `PLUMBLINE_VECTORS` names (`argocd/…` below it) are run besides: they
 * may fail, and do not count.
 */
export function runVectors(
  file: string,
  ops: Record<string, Operation>,
  aside: Record<string, string> = {},
): Outcome {
  const cases = vectors(file);
  const own = runCases(file, cases, ops, aside);
  for (const key of Object.keys(aside)) {
    if (!cases.some(({ id, input }) => id === key || input.op === key))
      own.failures.push(`${key} is set aside, yet no case is called so`);
  }
  const more = moreFiles(file).flatMap((path) => casesOf(path));
  if (more.length > 0) own.failures.push(...runCases(dirname(file), more, ops, aside).failures);
  return own;
}

function runCases(
  area: string,
  cases: readonly Vector[],
  ops: Record<string, Operation>,
  aside: Record<string, string>,
): Outcome {
  const failures: string[] = [];
  const setAside: Record<string, number> = {};
  let ran = 0;
  for (const vector of cases) {
    const op = typeof vector.input.op === 'string' ? vector.input.op : '-';
    const reason = aside[vector.id] ?? aside[op];
    const run = ops[op];
    if (reason !== undefined || run === undefined) {
      const why = reason ?? `no such operation here: ${op}`;
      setAside[why] = (setAside[why] ?? 0) + 1;
      continue;
    }
    ran += 1;
    const fault = run(vector);
    if (fault !== null) failures.push(`${vector.id}: ${fault}`);
  }
  const left = Object.entries(setAside).map(([why, count]) => `${count} (${why})`);
  console.log(
    `${area}: ${ran} ran, ${ran - failures.length} passed, ${cases.length - ran} set aside${left.length > 0 ? `: ${left.join(', ')}` : ''}`,
  );
  return { failures, ran };
}

/**
 * Those in the folder of the environment that are named like a file of ours, or say in their head that they
 * go on with it.
 */
function moreFiles(file: string): string[] {
  const folder = process.env.PLUMBLINE_VECTORS;
  if (folder === undefined || folder === '') return [];
  const stem = basename(file, '.json');
  const area = join(folder, dirname(file));
  if (!existsSync(area)) return [];
  return readdirSync(area)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => join(area, name))
    .filter((path) => new RegExp(`^${stem}\\b`).test(basename(path)) || headOf(path) === basename(file));
}

function headOf(path: string): unknown {
  return (JSON.parse(readFileSync(path, 'utf8')) as { file?: unknown }).file;
}

/** Null where both are the same JSON. */
export function differ(expected: unknown, actual: unknown): string | null {
  const left = JSON.stringify(sorted(expected));
  const right = JSON.stringify(sorted(actual));
  return left === right ? null : `expected ${left}, got ${right}`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

export interface Vector {
  id: string;
  input: JsonObject;
  expected: JsonObject;
}
/** A sentence about what is wrong, or null. */
export type Operation = (vector: Vector) => string | null;
interface Outcome {
  failures: string[];
  ran: number;
}
