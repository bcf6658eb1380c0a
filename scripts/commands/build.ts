import { relative, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { counted, isInside, realOf } from '../../plugins/base/index.ts';
import { optionsOf, print, type Terminal, tell } from './common.ts';
import { UsageError } from './exit-failure.ts';
import { type SiteCommandOptions, siteOptions, withSiteOptions } from './site-options.ts';

/** `plumbline build`: a whole site of a repository, no page of which was written for it. */
export function buildCommand(terminal: Terminal): Command {
  return withSiteOptions(new Command('build').description('build a site of the whole repository'))
    .addOption(new Option('--out <dir>', 'folder of the site').default(undefined, usualOut))
    .option('--force', 'replace a folder that was not made by plumbline', false)
    .option('--base <path>', 'path under which the site is served, such as /docs/')
    .option('--site <url>', 'address that the site is published at')
    .action(async (_options: unknown, command: Command) => {
      const options = optionsOf<BuildCommandOptions>(command);
      const root = realOf(options.root);
      const out = resolve(options.out ?? usualOut);
      if (options.out === undefined && isInside(root, out))
        throw new UsageError(
          'the site would be built into the repository that is read',
          `name a folder for it: \`--out DIR\`, such as \`--out ${relative(process.cwd(), resolve(root, '..', 'plumbline-site')) || '.'}\``,
        );
      if (isInside(out, root))
        throw new UsageError('`--out` holds the repository that is read', 'name another folder: `--out DIR`');
      const given = await siteOptions(options);
      const { buildSite } = await import('../../plugins/starlight/whole/make-site.ts');
      const { base, site, force } = options;
      const { pages } = await buildSite(out, { ...given, isQuiet: true, base, site, isForced: force });
      await print(`${out}\n`, terminal);
      tell(
        `${counted(pages, 'page')}; serve the folder with any web server, such as \`npx serve ${relative(process.cwd(), out) || '.'}\`\n`,
        terminal,
      );
    });
}

const usualOut = 'plumbline-site';

interface BuildCommandOptions extends SiteCommandOptions {
  out?: string;
  force: boolean;
  base?: string;
  site?: string;
}
