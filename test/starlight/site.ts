import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Built, Order } from './build-sites.ts';
import { type Answer, observer } from './builders.ts';
import { type BuiltPage, readPage } from './built-page.ts';
import { cleanEnvironment } from './environment.ts';

const repository = resolve(import.meta.dirname, '../..');

/** Where a site with a cache of its own has it. */
export const kept = 'node_modules/.cache/plumbline';

/**
 * A copy of a fixture site that a test may change and build. It lies as deep in the checkout as the fixture
 * does, so that its imports hold.
 * @param how.ownCache keeps what is drawn and rendered with the site, instead of with the run: for tests that
 * speak of it.
 */
export function copySite(fixture: string, { ownCache = false } = {}): Site {
  const parent = join(repository, '.cache/sites');
  mkdirSync(parent, { recursive: true });
  const root = mkdtempSync(join(parent, `${fixture}-`));
  cpSync(join(repository, 'test/fixtures', fixture), root, { recursive: true, verbatimSymlinks: true });
  mkdirSync(join(root, 'node_modules'));
  const rendered = join(root, 'node_modules/rendered.log');
  const cache = ownCache ? join(root, kept) : null;
  return {
    root,
    read: (path) => readFileSync(join(root, path), 'utf8'),
    write: (path, text) => writeFileSync(join(root, path), text),
    edit(path, from, to) {
      const before = this.read(path);
      if (!before.includes(from)) throw new Error(`${path} does not hold ${from}`);
      this.write(path, before.replace(from, to));
    },
    html: (page) => readFileSync(join(root, 'dist', page, 'index.html'), 'utf8'),
    page: (page) => readPage(join(root, 'dist', page, 'index.html')),
    async build({ alone = false } = {}) {
      rmSync(rendered, { force: true });
      const run = alone ? await buildAlone(root, cache) : await buildInTurn(root, { cache });
      const lines = existsSync(rendered) ? readFileSync(rendered, 'utf8').split('\n') : [];
      const pages = lines.flatMap((line) => line.match(/\/docs\/(.+)$/)?.[1] ?? []);
      return { ...run, rendered: [...new Set(pages)].sort() };
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

export const astroBin = join(repository, 'node_modules/astro/bin/astro.mjs');

/**
 * By turns in a process that the whole run shares (`builders.ts`).
 * @param how.cache a folder of the site's own for what is kept; the run's without one.
 * @param how.args of `astro build`; `how.whole`: a whole repository's site instead
 */
export async function buildInTurn(root: string, { cache = null, ...how }: How = {}): Promise<Built> {
  const path = process.env.PLUMBLINE_BUILDERS;
  if (path === undefined) throw new Error('sites are built in a run of Vitest, which starts their builders');
  const socket = connect({ path, allowHalfOpen: true });
  socket.end(JSON.stringify({ root, cache, ...how } satisfies Order));
  const answer = JSON.parse(await text(socket)) as Answer;
  if ('died' in answer) throw new Error(answer.died);
  return answer;
}

/** In a process of its own, as from a terminal. */
async function buildAlone(root: string, cache: string | null): Promise<Built> {
  const observed = join(root, 'node_modules/observed.json');
  rmSync(observed, { force: true });
  const child = spawn(process.execPath, ['--import', observer, astroBin, 'build'], {
    cwd: root,
    env: { ...cleanEnvironment('production'), PLUMBLINE_OBSERVED: observed, PLUMBLINE_CACHE: cache ?? '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((done) => child.on('close', done));
  const { engines, cpu } = JSON.parse(readFileSync(observed, 'utf8')) as { engines: number; cpu: number };
  return { code: code ?? -1, output, engines, processor: cpu };
}

type How = Partial<Omit<Order, 'root'>>;

export interface Site {
  root: string;
  read(path: string): string;
  write(path: string, text: string): void;
  edit(path: string, from: string, to: string): void;
  /** The HTML of a built page. */
  html(page: string): string;
  /** The same, read. */
  page(page: string): BuiltPage;
  /**
   * `astro build`, in a process of its own where it is `alone`; `rendered`: the pages that went through
   * Markdown, by path under the docs.
   */
  build(how?: { alone?: boolean }): Promise<Built & { rendered: string[] }>;
  remove(): void;
}
