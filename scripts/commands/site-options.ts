import { basename } from 'node:path';
import { type Command, Option } from 'commander';
import { realOf } from '../../plugins/base/index.ts';
import type { CommonOptions } from './common.ts';

/** The options that a built site and a served one have in common. */
export function withSiteOptions(command: Command): Command {
  return command
    .option('--title <text>', 'what the site is called (default: the name of the repository)')
    .addOption(
      new Option('--errors <what>', 'what faults of pages and manifests do')
        .choices(['warn', 'fail'])
        .default('warn'),
    )
    .option('--trusted', 'let the pages run what they hold: MDX, HTML, scripts', false);
}

/** The same as a site takes them. */
export async function siteOptions(options: SiteCommandOptions) {
  const { readRemotes } = await import('../../plugins/source/index.ts');
  const root = realOf(options.root);
  const [remote] = await readRemotes(root);
  const isAddress = remote !== undefined && /^[^/.].*[@:]/.test(remote);
  const name = !isAddress ? undefined : /([^/:]+?)(?:\.git)?\/*$/.exec(remote)?.[1];
  return {
    root,
    title: options.title ?? name ?? basename(root),
    errors: options.errors,
    isTrusted: options.trusted,
  };
}

export interface SiteCommandOptions extends CommonOptions {
  title?: string;
  errors: 'warn' | 'fail';
  trusted: boolean;
}
