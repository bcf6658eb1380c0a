import { Command } from 'commander';
import { isError } from '../../plugins/source/index.ts';
import {
  type CommonOptions,
  createProgress,
  formatOf,
  loadOptions,
  optionsOf,
  print,
  wantsColor,
} from './common.ts';

/** `plumbline check [PAGE…]`: judges everything that the pages state. The report decides the exit code: see plumbline.ts. */
export function checkCommand(): Command {
  return new Command('check')
    .description('check what the pages say against the manifests')
    .argument('[page...]', 'only these pages, or pages of these folders (default: all)')
    .option('--format <format>', 'pretty, json', 'pretty')
    .option('--strict', 'exit 3 where something could not be verified', false)
    .action(async (pages: string[], _options: unknown, command: Command) => {
      const options = optionsOf<CommonOptions & { format: string; strict: boolean }>(command);
      const [{ reporters }, { checkPages, createEngine }, { textsOf }] = await Promise.all([
        import('../../plugins/report/index.ts'),
        import('../../plugins/remark/index.ts'),
        import('./pages.ts'),
      ]);
      const format = formatOf(options.format, Object.keys(reporters)) as keyof typeof reporters;
      const progress = createProgress();
      const engine = await createEngine({ ...loadOptions(options), onProgress: progress.update });
      try {
        const checked = await checkPages(engine, pages.length > 0 ? { pages } : {});
        const { report } = checked;
        progress.done();
        const text = reporters[format](report, {
          color: wantsColor(options),
          text: textsOf(engine.platform, checked.pages),
        });
        await print(`${text.trimEnd()}\n`);
        if (report.diagnostics.some(isError)) process.exitCode = 1;
        else if (options.strict && report.unverified.length > 0) process.exitCode = 3;
      } finally {
        progress.done();
        await engine.dispose();
      }
    });
}
