import { z } from 'zod';
import { type Diagnostic, isRule, rules } from '../checks/index.ts';
import type { BaselineFault, Report } from '../engine/index.ts';
import { isError } from '../source/index.ts';

/** A baseline's text as data; a sentence about what is wrong with it where it is none. */
export function parseBaseline(text: string): Baseline | { wrong: string } {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return { wrong: 'it is not JSON' };
  }
  const parsed = schema.safeParse(data);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  return { wrong: `at \`${issue?.path.join('.') || 'the top level'}\`: ${issue?.message ?? 'invalid'}` };
}

/** The baseline that a report would begin with: every fault that fails it. */
export function baselineOf({ diagnostics }: Report): Baseline {
  return { version: 1, faults: diagnostics.filter(isError).map(faultOf) };
}

/**
 * The report without the faults that the baseline lists, and with those of them that are mended. Where not
 * all pages were checked, nothing is known of the others, and nothing of them counts as mended.
 */
export function heldAgainst(report: Report, { faults }: Baseline, file: string, isWhole: boolean): Report {
  const listed = new Set(faults.map(({ fingerprint }) => fingerprint));
  const found = new Set(report.diagnostics.map(({ fingerprint }) => fingerprint));
  const pages = new Set(report.pages.map((page) => page.file));
  const isJudged = ({ rule, file: place }: BaselineFault) =>
    isWhole || place === null || pages.has(place) || !isRule(rule) || rules[rule].about === 'manifests';
  return {
    ...report,
    diagnostics: report.diagnostics.filter(({ fingerprint }) => !listed.has(fingerprint)),
    baseline: {
      file,
      known: report.diagnostics.filter(({ fingerprint }) => listed.has(fingerprint)),
      gone: faults.filter((fault) => !found.has(fault.fingerprint) && isJudged(fault)),
    },
  };
}

/** The baseline without what is mended: it never grows. */
export function shrunk(baseline: Baseline, gone: BaselineFault[]): Baseline {
  const mended = new Set(gone.map(({ fingerprint }) => fingerprint));
  return { ...baseline, faults: baseline.faults.filter(({ fingerprint }) => !mended.has(fingerprint)) };
}

/** A baseline as a file: one fault a line, sorted, so that a change of it reads well in a review. */
export function writeBaseline({ version, faults }: Baseline): string {
  const key = ({ file, rule, message, fingerprint }: BaselineFault) =>
    [file ?? '', rule, message, fingerprint].join('\0');
  const lines = faults
    .toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0))
    .map(({ rule, file, message, fingerprint }) => JSON.stringify({ rule, file, message, fingerprint }));
  return `{\n  "version": ${version},\n  "faults": [${lines.map((line) => `\n    ${line}`).join(',')}${lines.length > 0 ? '\n  ' : ''}]\n}\n`;
}

function faultOf({ fingerprint, rule, page, sources, message }: Diagnostic): BaselineFault {
  return { fingerprint, rule, file: page?.file ?? sources[0]?.file ?? null, message };
}

const schema = z.strictObject({
  version: z.literal(1),
  faults: z.array(
    z.strictObject({
      fingerprint: z.string().min(1),
      rule: z.string(),
      file: z.string().nullable(),
      message: z.string(),
    }),
  ),
});

export type Baseline = z.infer<typeof schema>;
