import { resolve } from 'node:path';
import { Command } from 'commander';
import { isInside, slashed } from '../../plugins/base/index.ts';
import type { Asked, Fetched } from '../../plugins/engine/index.ts';
import { type CommonOptions, loadOptions, optionsOf, print, type Terminal, tell } from './common.ts';
import { UsageError } from './exit-failure.ts';
import { chartLine, failureLines, missingLines } from './fetch-lines.ts';

/** `plumbline fetch`: brings charts that lie across a network, and locks what was found. */
export function fetchCommand(terminal: Terminal): Command {
  return new Command('fetch')
    .description('bring the charts that manifests ask for across a network, and write plumbline.lock')
    .argument('[chart...]', 'with --update: the charts that move; all where none is named')
    .option('--check', 'bring nothing: exit 1 where lock and manifests differ')
    .option('--locked', 'bring exactly what the lock says, and write none; for CI')
    .option('--update', 'ask anew for versions, and say what changed')
    .option('--vendor <dir>', 'keep the content in a folder of the repository, to be committed')
    .option('--no-vendor', 'keep it with the user\u2019s caches again')
    .option('--plain-http', 'ask registries without TLS, as `helm pull --plain-http` does')
    .option('--timeout <seconds>', 'how long one chart is waited for', '120')
    .action(async (charts: string[], _options: unknown, command: Command) => {
      const options = optionsOf<FetchCommandOptions>(command);
      const mode = modeOf(options, charts);
      const [{ loadPlatform }, engine, { findHelm }, { cacheDirectory, openCache }] = await Promise.all([
        import('../../plugins/platform/index.ts'),
        import('../../plugins/engine/index.ts'),
        import('../../plugins/render/index.ts'),
        import('../../plugins/source/index.ts'),
      ]);
      const load = () => loadPlatform(loadOptions(options));
      if (mode === 'check') {
        const platform = await load();
        const { missing, unused } = engine.compareLock(
          platform.sources.store.lock,
          engine.askedCharts(platform),
        );
        await print(missingLines(missing, unused), terminal);
        if (missing.length + unused.length > 0) terminal.exitCode = 1;
        return;
      }
      const { path: helm } = await findHelm(
        openCache(options.cache ? cacheDirectory(options.root) : null),
        options.root,
      );
      const fetched = await engine.fetchCharts({
        ...{ mode, only: charts, helm, root: options.root, load },
        vendor: vendorOf(options),
        limit: limitOf(options.timeout),
        plainHttp: options.plainHttp === true,
        onProgress: progressOf(terminal),
      });
      await print(linesOf(fetched), terminal);
      for (const failed of fetched.failed) tell(failureLines(failed), terminal);
      for (const asked of fetched.unlocked) tell(unlockedLine(asked), terminal);
      const isOther = fetched.failed.some((one) => one.isOther) || fetched.unlocked.length > 0;
      if (isOther) terminal.exitCode = 1;
      else if (fetched.failed.length > 0) terminal.exitCode = 3;
    });
}

function modeOf({ check, locked, update }: FetchCommandOptions, charts: string[]) {
  const asked = [check && 'check', locked && 'locked', update && 'update'].filter(
    (one) => typeof one === 'string',
  );
  const [mode = 'fill', other] = asked;
  if (other !== undefined)
    throw new UsageError(`\`--${mode}\` and \`--${other}\` are two ways of fetching`, 'give one of them');
  if (charts.length > 0 && mode !== 'update')
    throw new UsageError(
      `\`fetch\` brings all charts: ${charts.map((one) => `\`${one}\``).join(', ')} cannot be named`,
      'name the charts that move with `fetch --update CHART`',
    );
  return mode as 'fill' | 'check' | 'locked' | 'update';
}

function vendorOf({ root, vendor, locked }: FetchCommandOptions): string | null | undefined {
  if (vendor === undefined || vendor === true) return undefined;
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
    stderr.write(`\r\x1b[Kfetching charts: ${done} of ${total}${done === total ? '\r\x1b[K' : ''}`);
}

function linesOf({ brought, moved, kept, gone, failed, unlocked }: Fetched): string {
  const lines = [
    ...brought.map((chart) => `brought  ${chartLine(chart)}`),
    ...moved.map(({ from, to }) => `moved    ${chartLine(to)}, was ${from.version}`),
    ...gone.map((chart) => `gone     ${chartLine(chart)}: nothing asks for it`),
  ].sort();
  const here = brought.length + moved.length + kept.length;
  const total = here + failed.length + unlocked.length;
  const sum =
    total === 0
      ? 'no manifest asks for a chart across a network'
      : `${here} of ${total} ${total === 1 ? 'chart is' : 'charts are'} here`;
  return `${[...lines, sum].join('\n')}\n`;
}

function unlockedLine({ repository, chart, asked, places: [place] }: Asked): string {
  const where = place === undefined ? '' : `\n  asked for at ${place.file}:${place.line}`;
  return `error: \`plumbline.lock\` has no \`${chart} ${asked ?? ''}\` of ${repository}${where}\n  help: run \`plumbline fetch\`, and commit what it writes\n`;
}

interface FetchCommandOptions extends CommonOptions {
  check?: boolean;
  locked?: boolean;
  update?: boolean;
  vendor?: string | boolean;
  plainHttp?: boolean;
  timeout: string;
}
