import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { configError } from '../run/errors.ts';
import type { RunOptions } from '../run/options.ts';

/**
 * What the option `errors` means for a run; left out, the baseline that plumbline.yaml names is let be. A
 * build only reads a baseline; `plumbline check` writes and shrinks it.
 * @param siteRoot absolute.
 * @throws AstroError where a baseline is named and there is none.
 */
export async function onErrors(
  given: 'fail' | 'warn' | { baseline: string } | undefined,
  siteRoot: string,
): Promise<Pick<RunOptions, 'errors' | 'known'>> {
  if (given === undefined) return { errors: 'fail', known: null };
  if (typeof given === 'string') return { errors: given, known: [] };
  const file = resolve(siteRoot, given.baseline);
  const { parseBaseline } = await import('../../report/index.ts');
  const baseline = parseBaseline(textOf(file));
  if ('wrong' in baseline) throw wrongBaseline(file, `is no baseline: ${baseline.wrong}`);
  return { errors: 'fail', known: baseline.faults.map(({ fingerprint }) => fingerprint) };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw wrongBaseline(file, 'cannot be read');
  }
}

function wrongBaseline(file: string, why: string): Error {
  return configError(
    `The baseline \`${file}\` of \`plumbline({ errors })\` ${why}.`,
    'Begin one with the faults that there are now: `plumbline check --baseline FILE --update-baseline`.',
  );
}
