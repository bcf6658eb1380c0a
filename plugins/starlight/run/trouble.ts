import { relative } from 'node:path';
import type { AstroIntegrationLogger } from 'astro';
import type { ViteDevServer } from 'vite';
import { ConfigError } from '../../source/index.ts';

/**
 * What keeps a server from following the repository, such as a configuration that does not read, or from
 * showing a page as it is written. It is told over every page that is open or opened, with the place, until
 * it is mended; and in the terminal once.
 */
export function createTrouble(
  { config, environments }: ViteDevServer,
  logger: Pick<AstroIntegrationLogger, 'error'>,
): Trouble {
  const { hot } = environments.client;
  const known = new Map<string | null, { error: unknown; words: string }>();
  const show = () => {
    const [first] = known;
    if (first === undefined) return;
    const [page, { error }] = first;
    hot.send({ type: 'error', err: overlayOf(error, page, config.root) });
  };
  hot.on('connection', show);
  return {
    tell(error, page = null) {
      const words = described(error);
      if (words !== known.get(page)?.words) logger.error(words);
      known.set(page, { error, words });
      show();
    },
    end: (page = null) => known.delete(page),
  };
}

function described(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const help = helpOf(error);
  return help === undefined ? error.message : `${error.message}\n  help: ${help}`;
}

/** As Astro's overlay takes it: a file relative to the site, which it reads to show the line. */
function overlayOf(error: unknown, page: string | null, siteRoot: string) {
  const ofConfig = error instanceof ConfigError ? error.place : null;
  const place = page === null ? ofConfig : { file: page, line: 1, column: 1 };
  return {
    name: 'Plumbline',
    title:
      page === null
        ? 'The repository is not followed, and this page is as it was before.'
        : 'The front matter of a page is not used, as it is no front matter of this site.',
    message: error instanceof Error ? error.message : String(error),
    hint: error instanceof Error ? helpOf(error) : undefined,
    // Of ours it would say nothing to whoever mends the file.
    stack: '',
    ...(place === null ? {} : { loc: { ...place, file: relative(siteRoot, place.file) } }),
  };
}

function helpOf(error: Error): string | undefined {
  const help = 'help' in error ? error.help : 'hint' in error ? error.hint : undefined;
  return typeof help === 'string' ? help : undefined;
}

export interface Trouble {
  /** @param page absolute, where it is a trouble of one alone. */
  tell(error: unknown, page?: string | null): void;
  /** @returns whether there was any. */
  end(page?: string | null): boolean;
}
