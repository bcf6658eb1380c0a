import { Command } from 'commander';
import { rulePage } from '../../plugins/checks/rule-page.ts';
import { type Format, formats, reporters } from '../../plugins/report/reporters.ts';
import {
  type CommonOptions,
  createProgress,
  formatOf,
  harmless,
  loadOptions,
  optionsOf,
  print,
  shared,
  type Terminal,
  type TextKind,
  tell,
  wantsColor,
} from './common.ts';
import { describeFailure, UsageError } from './exit-failure.ts';
import { refuseNothing } from './refuse-nothing.ts';
import { writeWhole } from './write-output.ts';

/**
 * `plumbline check [PAGE…]`: judges everything that the pages state. The report decides the exit code: see
 * main.ts.
 */
export function checkCommand(terminal: Terminal): Command {
  return new Command('check')
    .description('check what the pages say against the manifests')
    .argument('[page...]', 'only these pages, or pages of these folders (default: all)')
    .option('--format <format>', formats.join(', '), 'pretty')
    .option('--output <file>', 'write the report to a file, and its last line to stderr')
    .option(
      '--report <format=file>',
      'write a report of another format to a file, too; repeatable',
      collect,
      [],
    )
    .option('--strict', 'exit 3 where something could not be verified', false)
    .option(
      '--baseline <file>',
      'let the faults be that this file lists (default: `baseline` of plumbline.yaml)',
    )
    .option('--no-baseline', 'tell of every fault, whatever a baseline lists')
    .option('--update-baseline', 'begin the baseline, or drop from it what is mended', false)
    .option('--watch', 'go on, and tell what changes whenever a file does', false)
    .action(async (pages: string[], _options: unknown, command: Command) => {
      const options = optionsOf<CheckOptions>(command);
      const format = formatOf(options.format, formats);
      const reports = [{ format, file: options.output }, ...options.report.map(reportTo)];
      if (options.watch) ensureWatched(format, options);
      try {
        await check(pages, reports, options, terminal);
      } catch (error) {
        // A service that takes SARIF is told that there is no answer, instead of being left with the last
        // one.
        for (const { format, file } of reports) {
          if (format !== 'sarif') continue;
          const { sarifFailure } = await import('../../plugins/report/index.ts');
          await deliver(sarifFailure(describeFailure(error)), 'json', file, terminal);
        }
        throw error;
      }
    });
}

async function check(
  pages: string[],
  asked: { format: Format; file: string | undefined }[],
  options: CheckOptions,
  terminal: Terminal,
): Promise<void> {
  // Of the rooms what a check needs, and not all that other commands ask of them.
  const [{ isError }, { createEngine }, { checkPages }, { textsOf }, { pathsOf }, baselines, github] =
    await Promise.all([
      import('../../plugins/source/index.ts'),
      import('../../plugins/engine/engine.ts'),
      import('../../plugins/engine/check-pages.ts'),
      import('./pages.ts'),
      import('./open-repository.ts'),
      import('./baseline-file.ts'),
      import('./github-files.ts'),
    ]);
  const progress = createProgress(terminal);
  const checking = createProgress(terminal, 'checking pages');
  const engine = await createEngine({
    ...loadOptions(options),
    ...shared(terminal, progress.update),
    follows: options.watch,
  }).finally(progress.done);
  const isOnGithub = asked.some(({ format }) => format === 'github');
  const judge = async () => {
    const { config } = engine.platform;
    const baseline = await baselines.openBaseline(options, config.baseline);
    progress.done();
    const named = pages.length > 0 ? { pages } : {};
    const checked = await checkPages(engine, { ...named, onProgress: checking.update });
    checking.done();
    const isWhole = pages.length === 0;
    const faults = checked.report.diagnostics.filter(({ page }) => page === null).length;
    if (isWhole) refuseNothing(engine.platform, { pages: checked.pages.length, faults });
    const found = await baselines.holdAgainst(checked.report, baseline, { ...options, isWhole });
    const { top, path } = await pathsOf(config.root);
    const { site } = config;
    const io = {
      text: textsOf(engine.platform, checked.pages),
      path,
      coverage: true,
      ...(site === undefined ? {} : { ruleUrl: (rule: string) => rulePage(site, rule) }),
      ...(isOnGithub ? await github.surroundings(top, terminal.env) : {}),
    };
    return { found, io };
  };
  try {
    const { found, io } = await judge();
    for (const { format, file } of asked) {
      const color = file === undefined && wantsColor(options, terminal);
      const write = await reporters[format]();
      await deliver(write(found, { ...io, color }), kindOf(format, color), file, terminal);
    }
    if (isOnGithub) {
      const { githubSummary } = await import('../../plugins/report/github-summary.ts');
      await github.writeSummary(
        (limit) => githubSummary(found, { ...io, color: false }, limit),
        terminal.env,
      );
    }
    if (options.output !== undefined) {
      const { summary } = await import('../../plugins/report/summary-line.ts');
      tell(`${summary(found)}\n`, terminal);
    }
    if (found.diagnostics.some(isError) || (found.baseline?.gone.length ?? 0) > 0) terminal.exitCode = 1;
    else if (options.strict && found.unverified.length > 0) terminal.exitCode = 3;
    if (options.watch) {
      const { watchCheck } = await import('./watch-check.ts');
      await watchCheck({ engine, judge, first: found, color: wantsColor(options, terminal), terminal });
    }
  } finally {
    checking.done();
    await engine.dispose();
  }
}

/** @throws UsageError where a report is to be one answer, which a watch has none of. */
function ensureWatched(format: Format, { output, report, updateBaseline }: CheckOptions): void {
  const other = [
    ...(format === 'pretty' ? [] : [`--format ${format}`]),
    ...(output === undefined ? [] : ['--output']),
    ...(report.length === 0 ? [] : ['--report']),
    ...(updateBaseline ? ['--update-baseline'] : []),
  ];
  if (other.length > 0)
    throw new UsageError(
      `\`--watch\` goes on and gives no report for ${other.map((one) => `\`${one}\``).join(', ')}`,
      'leave one of them out',
    );
}

function collect(value: string, before: string[]): string[] {
  return [...before, value];
}

/** `sarif=FILE`. */
function reportTo(given: string): { format: Format; file: string } {
  const [, format = '', file = ''] = /^([^=]*)=(.+)$/.exec(given) ?? [];
  if (file === '')
    throw new UsageError(`\`--report ${given}\` names no file`, 'write `--report FORMAT=FILE`');
  return { format: formatOf(format, formats), file };
}

function kindOf(format: string, isColoured: boolean): TextKind {
  if (format === 'github') return format;
  if (['json', 'sarif', 'rdjson', 'codequality'].includes(format)) return 'json';
  return isColoured ? 'coloured' : 'text';
}

async function deliver(
  text: string,
  kind: TextKind,
  output: string | undefined,
  terminal: Terminal,
): Promise<void> {
  if (output === undefined) return print(text, terminal, kind);
  try {
    await writeWhole(output, harmless(text, kind));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`\`${output}\` cannot be written: ${why}`, 'name a file in a folder that exists');
  }
}

interface CheckOptions extends CommonOptions {
  format: string;
  output?: string;
  report: string[];
  strict: boolean;
  baseline?: string | false;
  updateBaseline: boolean;
  watch: boolean;
}
