import { relative } from 'node:path';
import type { AstroIntegrationLogger } from 'astro';
import type { ViteDevServer } from 'vite';
import { ConfigError } from '../../source/index.ts';

/**
 * What keeps a server from following the repository, such as a configuration that does not read. What is
 * shown is then as it was before, so it is told over every page that is open or opened, with the place, until
 * it is mended; and in the terminal once.
 */
export function createTrouble(
  { config, environments }: ViteDevServer,
  logger: Pick<AstroIntegrationLogger, 'error'>,
): Trouble {
  const { hot } = environments.client;
  let known: { error: unknown; words: string } | null = null;
  const show = () => {
    if (known !== null) hot.send({ type: 'error', err: overlayOf(known.error, config.root) });
  };
  hot.on('connection', show);
  return {
    tell(error) {
      const words = described(error);
      if (words !== known?.words) logger.error(words);
      known = { error, words };
      show();
    },
    end() {
      const isEnded = known !== null;
      known = null;
      return isEnded;
    },
  };
}

function described(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const help = helpOf(error);
  return help === undefined ? error.message : `${error.message}\n  help: ${help}`;
}

/** As Astro's overlay takes it: a file relative to the site, which it reads to show the line. */
function overlayOf(error: unknown, siteRoot: string) {
  const place = error instanceof ConfigError ? error.place : null;
  return {
    name: 'Plumbline',
    title: 'The repository is not followed, and this page is as it was before.',
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
  tell(error: unknown): void;
  /** @returns whether there was any. */
  end(): boolean;
}
