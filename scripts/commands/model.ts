import { Command } from 'commander';
import { type CommonOptions, formatOf, loadOptions, optionsOf, print, type Terminal } from './common.ts';
import { refuseNoManifest } from './refuse-nothing.ts';

/** `plumbline model`: the whole model as JSON. */
export function modelCommand(terminal: Terminal): Command {
  return new Command('model')
    .description('print everything that is known of the platform')
    .option('--format <format>', 'json', 'json')
    .action(async (_options: unknown, command: Command) => {
      const options = optionsOf<CommonOptions & { format: string }>(command);
      formatOf(options.format, ['json']);
      const { loadPlatform } = await import('../../plugins/platform/index.ts');
      const { printedModel } = await import('../../plugins/checks/index.ts');
      const platform = await loadPlatform(loadOptions(options));
      refuseNoManifest(platform);
      const model = { ...printedModel(platform), engines: platform.engines };
      await print(`${JSON.stringify(model, null, 2)}\n`, terminal, 'json');
    });
}
