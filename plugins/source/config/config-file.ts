import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Document, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { entryAt, isInside, isTaken, realOf } from '../../base/index.ts';
import { yamlValue } from '../../base/yaml-value.ts';
import { unclosedAt } from '../yaml/unclosed.ts';
import { ConfigError, type ConfigPlace } from './config-error.ts';
import { configFaults, faultLine } from './config-faults.ts';
import { configSchema } from './config-schema.ts';

/** The configuration file of a root: the one that is named, else the usual one; null where there is none. */
export function findConfigFile(root: string, given: string | undefined): string | null {
  if (given === undefined) {
    const usual = ['plumbline.yaml', 'plumbline.yml'].map((name) => resolve(root, name));
    const path = usual.find(isTaken) ?? null;
    if (path !== null && !isInside(realOf(root), realOf(path)))
      throw new ConfigError(
        `the configuration \`${path}\` leads out of the root`,
        'Make it a file of the repository, or name another one with `--config FILE`.',
      );
    return path;
  }
  const path = resolve(given);
  if (!existsSync(path))
    throw new ConfigError(
      `the configuration \`${given}\` does not exist`,
      'Name an existing file: `--config FILE`.',
    );
  return path;
}

/** What a configuration file says. @throws ConfigError with each of its faults. */
export function parseConfig(file: string): z.infer<typeof configSchema> {
  const { document, lines, value } = readConfig(file);
  const parsed = configSchema.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  const faults = configFaults(parsed.error.issues, document, lines, configSchema);
  throw new ConfigError(
    `\`${file}\` is wrong:\n${faults.map(faultLine).join('\n')}`,
    'Mend the file; `plumbline.schema.json` of the package lets an editor say the same while you type.',
    placeOf(file, faults[0]),
  );
}

/** What stands in the file; of one that cannot be read its faults, and nothing of its text. */
function readConfig(file: string): { document: Document; lines: LineCounter; value: unknown } {
  const fail = (why: string, at?: { line: number; column: number }): never => {
    const help = 'Mend the file, or remove it to use the defaults.';
    throw new ConfigError(`\`${file}\` ${why}`, help, placeOf(file, at));
  };
  const entry = entryAt(file);
  if (!entry?.isFile()) return fail('is no file');
  if (entry.size > longestConfig) return fail(`is larger than ${longestConfig / 2 ** 10} KiB`);
  const lines = new LineCounter();
  const text = readFileSync(file, 'utf8');
  const document = parseDocument(text, {
    logLevel: 'silent',
    prettyErrors: false,
    lineCounter: lines,
  });
  if (document.errors.length > 0) {
    const open = unclosedAt(document, text);
    const faults =
      open === undefined
        ? document.errors.slice(0, 10).map(({ pos, message }) => ({ at: pos[0], words: message.trim() }))
        : // What is said of the rest follows from that.
          [{ at: open, words: `a \`${text[open]}\` that is not closed opens` }];
    const all = faults.map(({ at, words }) => {
      const { line, col: column } = lines.linePos(at);
      return { line, column, words: `${words} at line ${line}, column ${column}` };
    });
    return fail(`is not YAML: ${all.map(({ words }) => words).join('; ')}`, all[0]);
  }
  try {
    return { document, lines, value: yamlValue(document) };
  } catch (problem) {
    return fail(`cannot be read: ${problem instanceof Error ? problem.message : String(problem)}`);
  }
}

function placeOf(file: string, at: { line: number; column: number } | undefined): ConfigPlace | null {
  return at === undefined ? null : { file, line: at.line, column: at.column };
}

const longestConfig = 2 ** 20;
