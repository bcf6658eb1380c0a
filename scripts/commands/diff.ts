import { Command } from 'commander';
import type { DiffFormat } from '../../plugins/report/diff/formats.ts';
import {
  type CommonOptions,
  createProgress,
  formatOf,
  harmless,
  optionsOf,
  print,
  shared,
  type Terminal,
  tell,
  wantsColor,
} from './common.ts';
import { UsageError } from './exit-failure.ts';
import { writeWhole } from './write-output.ts';

/**
 * `plumbline diff BASE [HEAD]`: what a change does to the platform and to the pages. Exit codes: 0 nothing is
 * wrong that was not wrong before, 1 something is, 2 the call or the configuration is wrong, 3 with
 * `--strict` something could not be known on one side.
 */
export function diffCommand(terminal: Terminal): Command {
  return new Command('diff')
    .description('what a change does to the platform and to the pages')
    .argument('<base>', 'commit, branch or tag to compare with; `A...B` and `A..B` as for `git diff`')
    .argument('[head]', 'what it is compared with (default: the files as they are)')
    .option('--format <format>', formats.join(', '), 'pretty')
    .option('--output <file>', 'write the comparison to a file, and its numbers to stderr')
    .option('--no-merge-base', 'compare with BASE as it is now, not as it was where HEAD left it')
    .option('--strict', 'exit 3 where something could not be known on one side', false)
    .action(async (base: string, head: string | undefined, _options: unknown, command: Command) => {
      const options = optionsOf<DiffOptions>(command);
      await diff(
        { base, head, parted: options.mergeBase },
        formatOf(options.format, formats),
        options,
        terminal,
      );
    });
}

async function diff(
  asked: { base: string; head: string | undefined; parted: boolean },
  format: DiffFormat,
  options: DiffOptions,
  terminal: Terminal,
): Promise<void> {
  const [{ compareSides }, { openSides }, { diffFormats, headline }, { blobAddress }] = await Promise.all([
    import('../../plugins/engine/index.ts'),
    import('./open-sides.ts'),
    import('../../plugins/report/index.ts'),
    import('./github-files.ts'),
  ]);
  const progress = createProgress(terminal);
  const sides = await openSides(options, asked, shared(terminal, progress.update));
  try {
    const found = compareSides(sides.base, sides.head);
    progress.done();
    const color = options.output === undefined && wantsColor(options, terminal);
    const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository } = terminal.env;
    const text = diffFormats[format](found, {
      color,
      path: sides.path,
      link: (path, line, side) => {
        const { commit } = found[side];
        return commit === null
          ? null
          : blobAddress({ server, repository }, commit.replace('-dirty', ''), path, line);
      },
    });
    const kind = format === 'json' ? 'json' : color ? 'coloured' : 'text';
    if (options.output === undefined) await print(text, terminal, kind);
    else {
      await writeWhole(options.output, harmless(text, kind)).catch((error: Error) => {
        throw new UsageError(
          `\`${options.output}\` cannot be written: ${error.message}`,
          'name a file in a folder that exists',
        );
      });
      tell(`${headline(found)}\n`, terminal);
    }
    const isUnknown = found.unverified.length > 0 || found.changes.some(({ action }) => action === 'unknown');
    if (found.faults.new.some(({ severity }) => severity === 'error')) terminal.exitCode = 1;
    else if (options.strict && isUnknown) terminal.exitCode = 3;
  } finally {
    progress.done();
    await sides.dispose();
  }
}

const formats = ['pretty', 'markdown', 'json'] as const satisfies DiffFormat[];

interface DiffOptions extends CommonOptions {
  format: string;
  output?: string;
  mergeBase: boolean;
  strict: boolean;
}
