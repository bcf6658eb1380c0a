import { resolve } from 'node:path';
import { Command } from 'commander';
import {
  compareText,
  didYouMean,
  firstOf,
  inCode,
  isInside,
  nearest,
  slashed,
} from '../../plugins/base/index.ts';
import type { Fetched } from '../../plugins/engine/index.ts';
import type { Ahead } from '../../plugins/source/index.ts';
import { type CommonOptions, loadOptions, optionsOf, print, type Terminal, tell } from './common.ts';
import { UsageError } from './exit-failure.ts';

/** `plumbline fetch`: brings what lies across a network, and locks what was found. */
export function fetchCommand(terminal: Terminal): Command {
  return new Command('fetch')
    .description(
      'bring the charts and repositories that manifests ask for across a network, and write plumbline.lock',
    )
    .argument('[name...]', 'with --update: the charts and repositories that move; all where none is named')
    .option(
      '--check',
      'bring nothing: exit 1 where lock and manifests differ; with --update: where something would move',
    )
    .option('--locked', 'bring exactly what the lock says, and write none; for CI')
    .option('--update', 'ask anew for versions, and say what changed')
    .option('--vendor <dir>', 'keep the content in a folder of the repository, to be committed')
    .option('--no-vendor', 'keep it with the user\u2019s caches again')
    .option('--plain-http', 'ask registries without TLS, as `helm pull --plain-http` does')
    .option('--timeout <seconds>', 'how long each is waited for', '120')
    .action(async (names: string[], _options: unknown, command: Command) => {
      const options = optionsOf<FetchCommandOptions>(command);
      const mode = modeOf(options, names);
      const isDry = options.check === true && mode === 'update';
      const [{ loadPlatform }, engine, { findHelm }, { cacheDirectory, openCache }, lines] =
        await Promise.all([
          import('../../plugins/platform/index.ts'),
          import('../../plugins/engine/index.ts'),
          import('../../plugins/render/index.ts'),
          import('../../plugins/source/index.ts'),
          import('./fetch-lines.ts'),
        ]);
      const load = (ahead?: Ahead) => loadPlatform({ ...loadOptions(options), ahead });
      if (mode === 'check') {
        const { missing, unused } = engine.compareLock(await load());
        await print(lines.missingLines(missing, unused), terminal);
        if (missing.length + unused.length > 0) terminal.exitCode = 1;
        return;
      }
      const cache = openCache(options.cache ? cacheDirectory(options.root) : null);
      const asked = {
        ...{ mode, only: names, isDry, root: options.root, load },
        helm: async () => (await findHelm(cache, options.root)).path,
        vendor: vendorOf(options),
        limit: limitOf(options.timeout),
        plainHttp: options.plainHttp === true,
        onProgress: progressOf(terminal),
      };
      const { throughProxy } = await import('./through-proxy.ts');
      const undo = throughProxy();
      const fetched = await engine.fetchParts(asked).finally(undo);
      refuseUnnamed(fetched);
      await print(isDry ? lines.dryLines(fetched) : lines.fetchedLines(fetched, mode === 'update'), terminal);
      for (const failed of fetched.failed) tell(lines.failureLines(failed), terminal);
      for (const asked of fetched.unlocked) tell(lines.unlockedLine(asked), terminal);
      tell(await ignoredLines(options.root), terminal);
      const isOther = fetched.failed.some((one) => one.isOther) || fetched.unlocked.length > 0;
      if (isOther || (isDry && lines.isMoving(fetched))) terminal.exitCode = 1;
      else if (fetched.failed.length > 0) terminal.exitCode = 3;
    });
}

function modeOf({ check, locked, update }: FetchCommandOptions, names: string[]) {
  const asked = [check && !update && 'check', locked && 'locked', update && 'update'].filter(
    (one) => typeof one === 'string',
  );
  const [mode = 'fill', other] = asked;
  if (other !== undefined)
    throw new UsageError(`\`--${mode}\` and \`--${other}\` are two ways of fetching`, 'give one of them');
  if (names.length > 0 && mode !== 'update')
    throw new UsageError(
      `\`fetch\` brings all that is asked for: ${names.map((one) => `\`${one}\``).join(', ')} cannot be named`,
      'name what moves with `fetch --update NAME`',
    );
  return mode as 'fill' | 'check' | 'locked' | 'update';
}

/** A warning where Git is told to ignore what is kept in the repository to be committed. */
async function ignoredLines(root: string): Promise<string> {
  const { ignoredByGit, readLock, vendoredPaths } = await import('../../plugins/source/index.ts');
  const top = resolve(root);
  const ignored = [...(await ignoredByGit({ root: top, home: top }, vendoredPaths(readLock(top))))];
  return ignored.length === 0
    ? ''
    : `warning: \`.gitignore\` leaves out ${firstOf(ignored.sort(compareText), 3, inCode)}: nobody else would have it\n  help: let it in (\`!PATH\` in that file), or keep it elsewhere: \`--vendor DIR\`\n`;
}

/** @throws UsageError where something is named that nothing is called. */
function refuseUnnamed({ unnamed: [name], names }: Fetched): void {
  if (name === undefined) return;
  const near = didYouMean(nearest(name, names));
  const all = [...new Set(names)].sort(compareText);
  throw new UsageError(
    `nothing that is asked for across a network is called \`${name}\``,
    near || (all.length === 0 ? 'no manifest asks for anything' : `there is ${firstOf(all, 12, inCode)}`),
  );
}

function vendorOf({ root, vendor, locked, check }: FetchCommandOptions): string | null | undefined {
  if (vendor === undefined || vendor === true) return undefined;
  if (check) throw new UsageError('`--check` keeps nothing, wherever that would be', 'leave out `--vendor`');
  if (locked)
    throw new UsageError(
      '`--locked` writes no lock, which says where the content lies',
      'leave out `--vendor`',
    );
  if (vendor === false) return null;
  const top = resolve(root);
  const folder = resolve(top, vendor);
  if (!isInside(top, folder) || folder === top)
    throw new UsageError(
      `the folder \`${vendor}\` is none of the repository`,
      'name a folder under the root: `--vendor vendor/charts`',
    );
  return slashed(top, folder);
}

function limitOf(seconds: string): number {
  const limit = Number(seconds);
  if (!(limit > 0 && limit <= 3600))
    throw new UsageError(`\`${seconds}\` is no number of seconds`, 'give one up to 3600: `--timeout 300`');
  return limit * 1000;
}

function progressOf({ stderr }: Terminal): (done: number, total: number) => void {
  if (stderr.isTTY !== true) return () => undefined;
  return (done, total) =>
    stderr.write(`\r\x1b[Kfetching: ${done} of ${total}${done === total ? '\r\x1b[K' : ''}`);
}

interface FetchCommandOptions extends CommonOptions {
  check?: boolean;
  locked?: boolean;
  update?: boolean;
  vendor?: string | boolean;
  plainHttp?: boolean;
  timeout: string;
}
