import { basename } from 'node:path';
import { type Command, Option } from 'commander';
import { realOf } from '../../plugins/base/index.ts';
import type { CommonOptions } from './common.ts';
import { UsageError } from './exit-failure.ts';

/** The options that a built site and a served one have in common. */
export function withSiteOptions(command: Command): Command {
  return command
    .option('--title <text>', 'what the site is called (default: the name of the repository)')
    .option('--lang <tag>', 'language of what the site says itself: en, de', languageOf, 'en')
    .addOption(
      new Option('--errors <what>', 'what faults of pages and manifests do')
        .choices(['warn', 'fail'])
        .default('warn'),
    )
    .option('--trusted', 'let the pages run what they hold: MDX, HTML, scripts', false);
}

/** Words of ours are English in a language that they do not come in, beside Starlight's own in that. */
function languageOf(tag: string): string {
  try {
    const [language] = Intl.getCanonicalLocales(tag);
    if (language !== undefined) return language;
  } catch {
    // Said below.
  }
  throw new UsageError(
    `\`--lang\` takes the tag of a language, not \`${tag}\``,
    'such as `--lang de` or `--lang de-AT`',
  );
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
    language: options.lang,
    errors: options.errors,
    isTrusted: options.trusted,
  };
}

export interface SiteCommandOptions extends CommonOptions {
  title?: string;
  /** BCP 47 tag. */
  lang: string;
  errors: 'warn' | 'fail';
  trusted: boolean;
}
