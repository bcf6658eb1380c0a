import { readFile } from 'node:fs/promises';
import type { Report } from '../../plugins/engine/index.ts';
import {
  type Baseline,
  baselineOf,
  heldAgainst,
  parseBaseline,
  shrunk,
  writeBaseline,
} from '../../plugins/report/index.ts';
import { UsageError } from './exit-failure.ts';
import { writeWhole } from './write-output.ts';

/**
 * The baseline that a call names; null where it names none, or begins one.
 * @throws UsageError where there is no such file and none is to be begun, or it is no baseline.
 */
export async function readBaseline({
  baseline: file,
  updateBaseline,
}: BaselineOptions): Promise<Baseline | null> {
  if (file === undefined) return null;
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (isMissing && updateBaseline) return null;
    throw new UsageError(
      `there is no baseline \`${file}\` to read`,
      `begin one with the faults that there are now: --baseline ${file} --update-baseline`,
    );
  }
  const baseline = parseBaseline(text);
  if ('wrong' in baseline)
    throw new UsageError(
      `\`${file}\` is no baseline: ${baseline.wrong}`,
      'delete it and begin again with --update-baseline',
    );
  return baseline;
}

/**
 * The report held against the baseline. With `--update-baseline` the file is begun with the faults of this
 * run, or loses those that are mended; it never gains one, so a new fault fails whatever is asked.
 */
export async function holdAgainst(
  report: Report,
  known: Baseline | null,
  { baseline: file, updateBaseline, isWhole }: BaselineOptions & { isWhole: boolean },
): Promise<Report> {
  if (file === undefined) return report;
  if (known === null && !isWhole)
    throw new UsageError('a baseline is begun with all pages', 'name no page: --update-baseline');
  const baseline = known ?? baselineOf(report);
  const compared = heldAgainst(report, baseline, file, isWhole);
  if (!updateBaseline) return compared;
  await write(file, shrunk(baseline, compared.baseline?.gone ?? []));
  return { ...compared, ...(compared.baseline ? { baseline: { ...compared.baseline, gone: [] } } : {}) };
}

async function write(file: string, baseline: Baseline): Promise<void> {
  try {
    await writeWhole(file, writeBaseline(baseline));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`\`${file}\` cannot be written: ${why}`, 'name a file in a folder that exists');
  }
}

interface BaselineOptions {
  baseline?: string;
  updateBaseline: boolean;
}
