import { Command, CommanderError, Option } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import { buildCommand } from './build.ts';
import { checkCommand } from './check.ts';
import { type Terminal, tell } from './common.ts';
import { devCommand } from './dev.ts';
import { diagramCommand } from './diagram.ts';
import { diffCommand } from './diff.ts';
import { enginesCommand } from './engines.ts';
import { describeFailure } from './exit-failure.ts';
import { explainCommand } from './explain.ts';
import { fetchCommand } from './fetch.ts';
import { fixCommand } from './fix.ts';
import { initCommand } from './init.ts';
import { lspCommand } from './lsp.ts';
import { manifestsCommand } from './manifests.ts';
import { modelCommand } from './model.ts';
import { renderCommand } from './render.ts';
import { rootAbove } from './root-above.ts';
import { tableCommand } from './table.ts';

/** Every command, in the order of the help. What one needs beside its options it loads when it runs. */
const commands = [
  checkCommand,
  fixCommand,
  lspCommand,
  renderCommand,
  tableCommand,
  diagramCommand,
  modelCommand,
  manifestsCommand,
  explainCommand,
  diffCommand,
  buildCommand,
  devCommand,
  initCommand,
  fetchCommand,
  enginesCommand,
];

/** The command line of this process: its arguments, its terminal, its end. */
export async function main(): Promise<void> {
  // A reader that has seen enough (`| head`) closes the pipe: that ends us quietly.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 2));
  process.stderr.on('error', () => process.exit(2));
  process.on('unhandledRejection', (error) => {
    tell(describeFailure(error), process);
    process.exit(2);
  });
  // A signal ends us by the way of `exit`, so that no copy of a manifest is left behind.
  for (const [signal, number] of Object.entries({ SIGHUP: 1, SIGINT: 2, SIGTERM: 15 }))
    process.once(signal, () => process.exit(128 + number));
  await run(process.argv.slice(2), process);
}

/**
 * Runs the command that the arguments name in a terminal. Results go to stdout, everything else to stderr.
 * Exit codes: 0 all true; 1 docs and manifests disagree; 2 the call or the configuration is wrong (or we
 * are); 3 something could not be verified, with `--strict`.
 */
export async function run(args: string[], terminal: Terminal): Promise<void> {
  try {
    await createProgram(terminal).parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      // Commander has printed what is wrong; help and version asked for are no faults.
      terminal.exitCode = error.exitCode === 0 ? 0 : 2;
    } else {
      tell(describeFailure(error), terminal);
      terminal.exitCode = 2;
    }
  }
}

function createProgram(terminal: Terminal): Command {
  const program = new Command('plumbline')
    .description('Checks Markdown pages about a GitOps platform against the manifests of its repository.')
    .version(manifest.version)
    .addOption(
      new Option('--root <dir>', 'root of the repository that is read').default(
        rootAbove(process.cwd()),
        'the nearest folder with a plumbline.yaml, upwards from the working directory, else that',
      ),
    )
    .option('--docs <dir>', 'folder of the pages (default: `docs` of plumbline.yaml)')
    .option('--config <file>', 'configuration (default: plumbline.yaml in the root)')
    .option('--no-cache', 'neither read nor write the cache')
    .option('--color', 'colour the output (default: only on a terminal)')
    .option('--no-color', 'never colour the output')
    .configureHelp({ showGlobalOptions: true, sortSubcommands: false })
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => tell(text, terminal),
    })
    .showHelpAfterError('(plumbline --help lists commands and options)')
    .addHelpText(
      'after',
      '\nExit codes: 0 all true, 1 docs and manifests disagree, 2 wrong call or configuration, 3 not verified (--strict)',
    );

  for (const make of commands) program.addCommand(make(terminal).copyInheritedSettings(program));
  // Thrown instead of exited, so that the codes below are the only ones.
  for (const command of [program, ...program.commands]) command.exitOverride();
  return program;
}
