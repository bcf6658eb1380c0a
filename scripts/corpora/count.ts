import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type RuleName, ruleNames } from '../../plugins/checks/index.ts';
import type { Report } from '../../plugins/engine/index.ts';
import { type Judgement, judgementOf } from './judgements.ts';
import type { Checkout } from './repositories.ts';

const program = join(import.meta.dirname, '../plumbline.ts');

/**
 * What `plumbline check` says of a checkout: every Markdown file of it is a page, all its folders hold
 * manifests.
 * @throws Error where the check ends without a report.
 */
export async function countsOf(checkout: Checkout): Promise<Counts> {
  const { diagnostics, unverified, checked } = await reportOf(checkout);
  const judged = diagnostics.map((diagnostic): Judged => {
    const { rule, fingerprint, message, page, sources } = diagnostic;
    const place = page ?? sources[0];
    const at = place ? `${place.file}:${place.line}` : '';
    return { rule, fingerprint, message, at, judgement: judgementOf(checkout.name, fingerprint) };
  });
  return {
    ...{ name: checkout.name, commit: checkout.commit, pages: checked.pages },
    rules: tally(judged.map(({ rule }) => rule)),
    unverified: tally(unverified.map(({ kind }) => kind)),
    diagnostics: judged,
  };
}

/** How often each word is among them, in the order of the rules, else of the alphabet. */
export function tally(words: readonly string[]): Tally {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const order = (word: string) => ruleNames.indexOf(word);
  return Object.fromEntries([...counts].sort(([a], [b]) => order(a) - order(b) || (a < b ? -1 : 1)));
}

/** In a process of its own: memory of one repository is not that of the next. */
async function reportOf({ name, directory }: Checkout): Promise<Report> {
  const args = [program, 'check', '--root', directory, '--docs', directory, '--format', 'json'];
  try {
    const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 2 ** 29 });
    return JSON.parse(stdout) as Report;
  } catch (error) {
    // Exit code 1 is a report with faults.
    if (error instanceof Error && 'code' in error && error.code === 1 && 'stdout' in error)
      return JSON.parse(String(error.stdout)) as Report;
    throw new Error(`${name} could not be checked`, { cause: error });
  }
}

/** What is found in one repository. */
export interface Counts {
  name: string;
  commit: string;
  pages: number;
  /** Diagnostics by rule. */
  rules: Tally;
  /** What is not verified, by kind. */
  unverified: Tally;
  diagnostics: Judged[];
}

export interface Judged {
  rule: RuleName;
  fingerprint: string;
  message: string;
  /** `FILE:LINE` of the page, else of the manifest. */
  at: string;
  judgement: Judgement | undefined;
}

export type Tally = Record<string, number>;
