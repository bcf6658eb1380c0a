import type { Command } from 'commander';
import {
  type Progress,
  printable,
  printableJson,
  createProgress as progressOn,
} from '../../plugins/base/index.ts';
import type { D2 } from '../../plugins/d2/index.ts';
import type { QueryError } from '../../plugins/query/index.ts';
import type { ViewFault } from '../../plugins/views/index.ts';
import { UsageError } from './exit-failure.ts';

/** What every command understands, as Commander gives it. */
export interface CommonOptions {
  root: string;
  docs?: string;
  config?: string;
  cache: boolean;
  color?: boolean;
}

/** The part of the common options that the rooms' loaders take. */
export function loadOptions({ root, docs, config, cache }: CommonOptions) {
  return {
    root,
    cache,
    ...(docs === undefined ? {} : { docs }),
    ...(config === undefined ? {} : { config }),
  };
}

/** What an engine takes of a run besides: the drawings of whoever runs many commands in one process. */
export function shared({ d2 }: Terminal, onProgress: Progress['update']) {
  return { onProgress, ...(d2 === undefined ? {} : { d2 }) };
}

/** The options of a command with those of the program. */
export function optionsOf<Options extends CommonOptions>(command: Command): Options {
  return command.optsWithGlobals<Options>();
}

/** Colour only where asked for, or on a terminal whose owner has not declined it (https://no-color.org). */
export function wantsColor(options: CommonOptions, { stdout, env }: Terminal): boolean {
  if (options.color !== undefined) return options.color;
  return stdout.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
}

/**
 * Writes a result to stdout and waits until it is out, so that nothing is lost in a pipe when the process
 * ends.
 */
export function print(text: string, { stdout }: Terminal, kind: TextKind = 'text'): Promise<void> {
  // Whoever applies a patch needs its bytes; on a screen nobody does.
  const shown = kind === 'patch' && stdout.isTTY !== true ? text : harmless(text, kind);
  return new Promise((resolve, reject) => {
    stdout.write(shown, (error) => (error ? reject(error) : resolve()));
  });
}

/** Writes to stderr what is no result. */
export function tell(text: string, { stderr }: Terminal): void {
  stderr.write(printable(text));
}

/** A text as a terminal or a log may have it. */
export function harmless(text: string, kind: TextKind): string {
  if (kind === 'json') return printableJson(text);
  return printable(text, { commands: kind === 'github', colour: kind === 'coloured' });
}

/** What stands in a text that is ours and stays. */
export type TextKind = 'text' | 'json' | 'github' | 'coloured' | 'patch';

/** `--format` refused with the formats that there are. */
export function formatOf<Format extends string>(given: string, formats: readonly Format[]): Format {
  const found = formats.find((format) => format === given);
  if (found === undefined)
    throw new UsageError(`there is no format \`${given}\``, `formats: ${formats.join(', ')}`);
  return found;
}

/**
 * Faults of a view as one wrong call: each with its attribute, a caret under the expression, and the nearest
 * right names.
 */
export function viewFailure(faults: ViewFault[]): UsageError {
  const lines = faults.map((fault) => {
    const attribute = fault.attribute === 'view' ? '' : `--${fault.attribute}: `;
    return `${attribute}${fault.message}${caret(fault.query)}`;
  });
  const candidates = [...new Set(faults.flatMap(({ candidates }) => candidates))];
  const [told] = faults.flatMap(({ query, help }) => query?.help ?? help ?? []);
  return new UsageError(
    lines.join('\n'),
    told !== undefined
      ? told
      : candidates.length > 0
        ? `did you mean ${candidates.map((name) => `\`${name}\``).join(', ')}?`
        : 'plumbline --help shows the options',
  );
}

function caret(error: QueryError | undefined): string {
  if (error === undefined) return '';
  return `\n  ${error.expression}\n  ${' '.repeat(error.offset)}${'^'.repeat(Math.max(1, error.length))}`;
}

/** How far it is, on stderr where that is a terminal. */
export function createProgress({ stderr }: Terminal, what = 'rendering kustomizations'): Progress {
  return progressOn(stderr, what);
}

/** What a command uses of the process that it runs in. */
export interface Terminal {
  stdout: Output;
  stderr: Output;
  env: Readonly<Record<string, string | undefined>>;
  /** Draws for all commands of the process, and ends with it; without it each has its own. */
  d2?: D2 | undefined;
  /** Ends what goes on by itself; without it a signal to the process does. */
  stop?: AbortSignal | undefined;
  /** Set by the command where it is not 0. */
  exitCode?: number | string | null | undefined;
}

interface Output {
  write(text: string, done?: (error?: Error | null) => void): boolean;
  isTTY?: boolean;
  columns?: number;
}
