import { readFile } from 'node:fs/promises';
import { slashed } from '../../plugins/base/index.ts';
import type { Report } from '../../plugins/engine/index.ts';
import {
  type Baseline,
  baselineOf,
  heldAgainst,
  parseBaseline,
  shrunk,
  writeBaseline,
} from '../../plugins/report/baseline.ts';
import { UsageError } from './exit-failure.ts';
import { writeWhole } from './write-output.ts';

/**
 * The baseline that a call names, else the configuration; null where neither does. Its file may be missing
 * where the call begins it.
 * @throws UsageError where there is no such file and none is to be begun, or it is no baseline.
 */
export async function openBaseline(
  { baseline: named, updateBaseline }: BaselineOptions,
  configured: string | null,
): Promise<OpenBaseline | null> {
  if (named === false || (named === undefined && configured === null)) {
    if (!updateBaseline) return null;
    throw new UsageError(
      '`--update-baseline` names no file',
      'write --baseline FILE --update-baseline, or `baseline: FILE` in plumbline.yaml',
    );
  }
  const path = named ?? configured ?? '';
  const file = named ?? (slashed(process.cwd(), path) || '.');
  const update = named === undefined ? '--update-baseline' : `--baseline ${file} --update-baseline`;
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (isMissing && updateBaseline) return { file, path, known: null };
    throw new UsageError(
      `there is no baseline \`${file}\` to read`,
      `begin one with the faults that there are now: ${update}`,
    );
  }
  const known = parseBaseline(text);
  if ('wrong' in known)
    throw new UsageError(
      `\`${file}\` is no baseline: ${known.wrong}`,
      `delete it and begin again with ${update}`,
    );
  return { file, path, known };
}

/**
 * The report held against the baseline. With `--update-baseline` the file is begun with the faults of this
 * run, or loses those that are mended; it never gains one, so a new fault fails whatever is asked.
 */
export async function holdAgainst(
  report: Report,
  open: OpenBaseline | null,
  { updateBaseline, isWhole }: { updateBaseline: boolean; isWhole: boolean },
): Promise<Report> {
  if (open === null) return report;
  if (open.known === null && !isWhole)
    throw new UsageError('a baseline is begun with all pages', 'name no page: --update-baseline');
  const baseline = open.known ?? baselineOf(report);
  const compared = heldAgainst(report, baseline, open.file, isWhole);
  if (!updateBaseline) return compared;
  await write(open, shrunk(baseline, compared.baseline?.gone ?? []));
  return { ...compared, ...(compared.baseline ? { baseline: { ...compared.baseline, gone: [] } } : {}) };
}

async function write({ file, path }: OpenBaseline, baseline: Baseline): Promise<void> {
  try {
    await writeWhole(path, writeBaseline(baseline));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`\`${file}\` cannot be written: ${why}`, 'name a file in a folder that exists');
  }
}

interface BaselineOptions {
  /** False where the call wants none. */
  baseline?: string | false;
  updateBaseline: boolean;
}

interface OpenBaseline {
  /** As messages call it: as it was typed, or from the working directory. */
  file: string;
  path: string;
  /** Null where it is to be begun. */
  known: Baseline | null;
}
