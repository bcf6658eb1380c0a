import { Command } from 'commander';
import { type CommonOptions, createProgress, optionsOf, print, shared, type Terminal } from './common.ts';

/**
 * `plumbline init`: looks at a repository and writes what begins Plumbline in it: the configuration, a first
 * page, a list of the faults that are there, the step of its CI. Asks nothing, and writes over nothing. Exit
 * codes: 0 written, or there already; 2 the call is wrong; 3 with `--strict` something is not known.
 */
export function initCommand(terminal: Terminal): Command {
  return new Command('init')
    .description('look at a repository, and write its configuration, a first page and the step of its CI')
    .option('--dry-run', 'print what would be written', false)
    .option('--strict', 'exit 3 where something of the platform is not known', false)
    .action(async (_options: unknown, command: Command) => {
      const options = optionsOf<InitOptions>(command);
      const [{ planInit }, { writeFiles }] = await Promise.all([
        import('./init-plan.ts'),
        import('./init-files.ts'),
      ]);
      const progress = createProgress(terminal);
      const plan = await planInit(options, shared(terminal, progress.update)).finally(progress.done);
      const lines = await writeFiles(plan, options.dryRun);
      await print(`${lines.join('\n')}\n`, terminal);
      if (options.strict && plan.unknown > 0) terminal.exitCode = 3;
    });
}

interface InitOptions extends CommonOptions {
  dryRun: boolean;
  strict: boolean;
}
