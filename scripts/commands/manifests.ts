import { resolve } from 'node:path';
import { Command } from 'commander';
import { counted, firstOf } from '../../plugins/base/index.ts';
import type { Manifests } from '../../plugins/engine/index.ts';
import {
  type CommonOptions,
  createProgress,
  loadOptions,
  optionsOf,
  print,
  type Terminal,
  tell,
} from './common.ts';
import { refuseNoManifest } from './refuse-nothing.ts';

/**
 * `plumbline manifests`: what Argo CD or Flux would apply, in sequence. Exit codes: 0 printed; 1 something of
 * it would be refused; 2 the call is wrong; 3 with `--strict` something is not known, and then no folder is
 * written.
 */
export function manifestsCommand(terminal: Terminal): Command {
  return new Command('manifests')
    .description('print what Argo CD or Flux would apply, in order, without the values of Secrets')
    .argument('[application...]', 'as `shop`, `argocd/shop` or `HelmRelease/shop`; all where none is named')
    .option('--out <dir>', 'write them into a folder instead, one `manifest.yaml` for each application')
    .option('--strict', 'exit 3 where something is not known, and write no folder then', false)
    .action(async (names: string[], _options: unknown, command: Command) => {
      const options = optionsOf<ManifestsOptions>(command);
      const [{ loadPlatform }, { folderNames, manifestsOf }, { namedDeployers, openSets }, { remediesOf }] =
        await Promise.all([
          import('../../plugins/platform/index.ts'),
          import('../../plugins/engine/index.ts'),
          import('./named-deployers.ts'),
          import('../../plugins/report/index.ts'),
        ]);
      const progress = createProgress(terminal);
      const platform = await loadPlatform({ ...loadOptions(options), onProgress: progress.update }).finally(
        progress.done,
      );
      refuseNoManifest(platform);
      const deployers = namedDeployers(names, platform);
      const found = deployers.map((deployer) => ({ id: deployer.id, ...manifestsOf(deployer, platform) }));
      const unknown = [...found.flatMap(missingLines), ...(names.length === 0 ? openSets(platform) : [])];
      const refused = found.flatMap(({ name, refusals }) => refusals.map((why) => `${name}: ${why}`));
      const isHeldBack = options.strict && unknown.length > 0;
      if (options.out === undefined) await print(found.map(({ text }) => text).join(''), terminal);
      else {
        const { openFolder } = await import('./manifests-folder.ts');
        const folder = openFolder(resolve(options.out), platform);
        const folders = folderNames(platform.model);
        const files = new Map(found.map(({ id, text }) => [`${folders.get(id)}/manifest.yaml`, text]));
        if (!isHeldBack) await print(`${await folder.write(files, names.length === 0)}\n`, terminal);
      }
      tell(
        [
          ...refused.map((one) => `error: ${one}\n`),
          ...unknown.map((one) => `not verified: ${one}\n`),
          ...(unknown.length > 0 ? [wholeLine(found, isHeldBack && options.out !== undefined)] : []),
          ...remediesOf(found.flatMap(({ missing }) => missing)).map((way) => `  help: ${way}\n`),
        ].join(''),
        terminal,
      );
      if (refused.length > 0) terminal.exitCode = 1;
      else if (isHeldBack) terminal.exitCode = 3;
    });
}

/** A line for each application of which not all is known. */
function missingLines({ name, missing }: Manifests): string[] {
  if (missing.length === 0) return [];
  const parts = missing.map(
    ({ what, why, origin }) => `${what}: ${why}${origin ? ` (${origin.file}:${origin.line})` : ''}`,
  );
  return [`${name}: ${firstOf(parts, 3)}`];
}

function wholeLine(found: readonly Manifests[], isHeldBack: boolean): string {
  const whole = found.filter(({ missing }) => missing.length === 0).length;
  return `${whole} of ${counted(found.length, 'application')} known as a whole${isHeldBack ? '; nothing is written' : ''}\n`;
}

interface ManifestsOptions extends CommonOptions {
  out?: string;
  strict: boolean;
}
