import { Command } from 'commander';
import type { InstalledArgoCd, Platform } from '../../plugins/platform/index.ts';
import { type CommonOptions, formatOf, loadOptions, optionsOf, print, type Terminal } from './common.ts';
import { refuseNoManifest } from './refuse-nothing.ts';

/** `plumbline model`: the whole model as JSON; as text what it was made by, and how much there is. */
export function modelCommand(terminal: Terminal): Command {
  return new Command('model')
    .description('print everything that is known of the platform')
    .option('--format <format>', 'json or text', 'json')
    .action(async (_options: unknown, command: Command) => {
      const options = optionsOf<CommonOptions & { format: string }>(command);
      const format = formatOf(options.format, ['json', 'text']);
      const { installedArgoCd, loadPlatform } = await import('../../plugins/platform/index.ts');
      const { printedModel } = await import('../../plugins/checks/index.ts');
      const platform = await loadPlatform(loadOptions(options));
      refuseNoManifest(platform);
      const argoCd = installedArgoCd(platform);
      if (format === 'text') return print(textOf(platform, argoCd), terminal);
      const model = { ...printedModel(platform), engines: platform.engines, argoCd };
      await print(`${JSON.stringify(model, null, 2)}\n`, terminal, 'json');
      // Where everything is written was looked for while it was printed.
      await platform.sources.remember();
    });
}

function textOf({ model, engines }: Platform, argoCd: readonly InstalledArgoCd[]): string {
  const rows = [
    ...engines.map(({ name, version, from }) => [name, version, from]),
    ...argoCd.map(({ version, kustomize, helm, origin }) => [
      'Argo CD',
      version,
      `${kustomize === null ? 'which engines it renders with is not known' : `renders with kustomize v${kustomize} and Helm v${helm}`}: ${origin.file}:${origin.line}`,
    ]),
    ['resources', String(model.resources.length)],
    ['deployed by', `${model.applications.length} Applications of Argo CD`],
    ['not known', String(model.unverified.length)],
  ];
  return `${rows.map(([name = '', value = '', more]) => `${name.padEnd(12)} ${more === undefined ? value : `${value.padEnd(10)} ${more}`}`).join('\n')}\n`;
}
