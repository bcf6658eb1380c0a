import { join, resolve } from 'node:path';
import { entryAt, isInside, makeFolder, realOf, slashed } from '../../plugins/base/index.ts';
import { checkPages, createEngine, type Engine, type Side } from '../../plugins/engine/index.ts';
import {
  ConfigError,
  copyTree,
  readRevisions,
  shareSecrets,
  type TreeCopy,
} from '../../plugins/source/index.ts';
import { type CommonOptions, loadOptions, type shared } from './common.ts';
import { pathsOf } from './open-repository.ts';

/**
 * Both sides of a comparison with their pages checked. The files as they lie there are read in place, a
 * commit from a private copy of its files; both with the head's configuration, so that what differs is the
 * platform and not what is read of it.
 * @throws ConfigError
 */
export async function openSides(options: CommonOptions, asked: Asked, of: Shared): Promise<Sides> {
  const home = realOf(resolve(options.root));
  const { top } = await pathsOf(home);
  const revisions = await readRevisions(home, asked);
  const open: { engines: Engine[]; copies: TreeCopy[] } = { engines: [], copies: [] };
  const dispose = async () => {
    await Promise.all(open.engines.map((engine) => engine.dispose()));
    await Promise.all(open.copies.map((copy) => copy.dispose()));
  };
  try {
    const head = await openHead();
    const base = await openBase(head.engine);
    // Before anything of a page is shown.
    shareSecrets(base.engine.platform.sources, head.engine.platform.sources);
    return {
      base: await side(base),
      head: await side(head),
      path: (file) => slashed(top, file.startsWith('../') ? resolve(file) : join(home, file)),
      dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }

  async function openHead(): Promise<Opened> {
    const { head } = revisions;
    if (head === null) return { name: null, engine: await engineOf({ ...loadOptions(options), ...of }) };
    const docs = options.docs === undefined ? undefined : resolve(options.docs);
    const copied = await copyOf(head.commit, docs);
    const config = options.config === undefined ? undefined : inCopy(copied, resolve(options.config));
    const found = {
      docs: docs && inCopy(copied, docs),
      config: config !== undefined && entryAt(config) ? config : options.config,
    };
    return told(head.name, copied, () => engineOf({ ...copied.load, ...found, cache: options.cache, ...of }));
  }

  /** What the head reads need not be there before. */
  async function openBase({ platform: { config, cache }, d2 }: Engine): Promise<Opened> {
    const { base } = revisions;
    const there = (path: string) => resolve(home, slashed(config.root, path));
    const copied = await copyOf(
      base.commit,
      isInside(config.root, config.docs) || config.root === home ? there(config.docs) : config.docs,
    );
    const docs = inCopy(copied, there(config.docs));
    const folders = [...config.layers.bootstrap, ...config.layers.gitops].map((folder) =>
      join(copied.load.root, folder),
    );
    for (const folder of [docs, ...folders]) if (!entryAt(folder)) makeFolder(folder);
    return told(base.name, copied, () =>
      engineOf({ ...copied.load, docs, config: config.file ?? undefined, cache, ...of, d2 }),
    );
  }

  async function copyOf(commit: string, docs: string | undefined): Promise<Copied> {
    const own = slashed(top, home);
    const beside =
      docs !== undefined && isInside(top, docs) && !isInside(home, docs) ? [slashed(top, docs)] : [];
    const copy = await copyTree(home, commit, [own, ...beside]);
    open.copies.push(copy);
    const root = join(copy.path, own);
    if (!entryAt(root)) makeFolder(root);
    return { path: copy.path, load: { root, copyOf: { home, commit: commit.slice(0, 12) } } };
  }

  /**
   * A path of the repository as it lies in a copy; one outside of it is the caller's, and the same for both.
   */
  function inCopy({ path: copy }: Copied, path: string): string {
    return isInside(top, realOf(path)) ? join(copy, slashed(top, realOf(path))) : path;
  }

  async function engineOf(given: Parameters<typeof createEngine>[0]): Promise<Engine> {
    const engine = await createEngine(given);
    open.engines.push(engine);
    return engine;
  }
}

async function side({ name, engine }: Opened): Promise<Side> {
  const { pages, report } = await checkPages(engine);
  return { revision: { name, commit: engine.platform.model.commit }, engine, pages, report };
}

/** A configuration that is wrong in a commit is told with its name, and without where the copy lies. */
async function told(name: string, { path }: Copied, make: () => Promise<Engine>): Promise<Opened> {
  try {
    return { name, engine: await make() };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const plain = (text: string) => text.replaceAll(`${path}/`, '').replaceAll(path, '.');
    throw new ConfigError(`in ${name}: ${plain(error.message)}`, plain(error.help));
  }
}

type Shared = ReturnType<typeof shared>;
type Asked = Parameters<typeof readRevisions>[1];

interface Opened {
  name: string | null;
  engine: Engine;
}

interface Copied {
  path: string;
  load: { root: string; copyOf: { home: string; commit: string } };
}

interface Sides {
  base: Side;
  head: Side;
  /** From the top of the repository, by what reports call a file. */
  path(file: string): string;
  dispose(): Promise<void>;
}
