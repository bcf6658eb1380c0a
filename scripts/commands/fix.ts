import { extname } from 'node:path';
import { Command } from 'commander';
import type { FixedPage } from '../../plugins/engine/index.ts';
import {
  type CommonOptions,
  createProgress,
  loadOptions,
  optionsOf,
  print,
  shared,
  type Terminal,
  tell,
} from './common.ts';
import { UsageError } from './exit-failure.ts';
import { toldApplied, toldLeft, toldTotal } from './fix-summary.ts';
import { refuseNothing } from './refuse-nothing.ts';
import { replaceFile, writeRefusal } from './write-output.ts';

/**
 * `plumbline fix [PAGE…]`: writes into the pages what `check` would say is certain, and tells on stderr what
 * it wrote and what is left. Prose is never touched, nor what a suppression covers, nor any manifest.
 */
export function fixCommand(terminal: Terminal): Command {
  return new Command('fix')
    .description('rewrite what is stale in the pages where the right words are certain')
    .argument('[page...]', 'only these pages, or pages of these folders (default: all)')
    .option(
      '--dry-run',
      'print the changes as a unified diff, write nothing; exit 1 where there are any',
      false,
    )
    .action(async (names: string[], _options: unknown, command: Command) => {
      const options = optionsOf<CommonOptions & { dryRun: boolean }>(command);
      const { createEngine, fixPages, namedPages, platformDiagnostics } = await import(
        '../../plugins/engine/index.ts'
      );
      const { isError } = await import('../../plugins/source/index.ts');
      const { pagesUnder } = await import('../../plugins/markdown/index.ts');
      const progress = createProgress(terminal);
      const engine = await createEngine({ ...loadOptions(options), ...shared(terminal, progress.update) });
      try {
        const { config } = engine.platform;
        const paths =
          names.length > 0
            ? await namedPages(names, engine.platform)
            : await pagesUnder(config.docs, config.root);
        const other = paths.find((path) => !/^\.mdx?$/.test(extname(path)));
        if (other !== undefined)
          throw new UsageError(`\`${other}\` is no page`, 'fix rewrites Markdown alone: .md and .mdx');
        const manifests = platformDiagnostics(engine.platform);
        if (names.length === 0)
          refuseNothing(engine.platform, { pages: paths.length, faults: manifests.length });
        const pages: FixedPage[] = [];
        for (const page of await fixPages(engine, paths))
          pages.push(await written(page, [config.root, config.docs], options.dryRun));
        progress.done();
        const changed = pages.filter(({ blocked, applied }) => blocked === null && applied.length > 0);
        if (options.dryRun) {
          const { patchOf } = await import('./diff-patch.ts');
          for (const { report, before, after } of changed)
            await print(patchOf(report.file, before, after), terminal, 'patch');
        }
        tell(
          [
            ...changed.flatMap((page) => toldApplied(page)),
            ...pages.flatMap((page) => toldLeft(page)),
            toldTotal(pages, manifests, options.dryRun),
          ].join(''),
          terminal,
        );
        const left = [...pages.flatMap(({ report }) => report.diagnostics), ...manifests].some(isError);
        const isUnwritten = pages.some(({ blocked, applied }) => blocked !== null && applied.length > 0);
        if (left || isUnwritten || (options.dryRun && changed.length > 0)) terminal.exitCode = 1;
      } finally {
        progress.done();
        await engine.dispose();
      }
    });
}

/** The page as it is on disk now: mended, or blocked with the reason. */
async function written(page: FixedPage, folders: string[], dryRun: boolean): Promise<FixedPage> {
  const { path, before, after, applied } = page;
  if (page.blocked !== null || applied.length === 0) return page;
  const refusal =
    (await writeRefusal(path, folders)) ?? (dryRun ? null : await replaceFile(path, before, after));
  return refusal === null ? page : { ...page, blocked: refusal };
}
