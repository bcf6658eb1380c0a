/** A Git repository elsewhere → files of one of its commits. */
import { posix } from 'node:path';
import pLimit from 'p-limit';
import { compareText, isUnder, temporaryFolder } from '../../base/index.ts';
import { coversPath, largestFile, largestTree, mostFiles, type TreeFiles } from '../../source/index.ts';
import { askGit, type GitAnswer } from './ask-git.ts';
import { isCommit, resolveRevision } from './resolve-revision.ts';

/**
 * A bare repository of ours that takes what is asked for of another one, each commit once: trees first, and
 * of the files only those that are needed, where the server can do so.
 * @param options.limit milliseconds that each thing that is asked of it may take.
 */
export function openClone(repository: string, options: CloneOptions): Clone {
  let until = 0;
  // Two that write into one repository get in each other's way.
  const queue = pLimit(1);
  const inTurn = <Value>(work: () => Promise<Value>): Promise<Value> =>
    queue(() => {
      until = Date.now() + options.limit;
      return work();
    });
  const folder = temporaryFolder('git');
  // Of a repository that promises what is left out, Git takes no file before it is asked for.
  const settings = { url: repository, promisor: 'true', partialclonefilter: 'blob:none' };
  const origin = Object.entries(settings).flatMap(([name, value]) => [
    '-c',
    `remote.origin.${name}=${value}`,
  ]);
  const ask = async (parameters: string[], input = '', most?: number): Promise<Buffer> => {
    const answer: GitAnswer = await askGit([...origin, ...parameters], {
      ...{ folder: folder.path, root: options.root, input },
      ...(most === undefined ? {} : { most }),
      limit: Math.max(1, until - Date.now()),
    });
    if (answer.ok) return answer.bytes;
    // What is told is how long was waited in all.
    throw new Error(
      answer.isLate ? `it did not answer within ${options.limit / 1000} seconds` : answer.words,
    );
  };
  let ready: Promise<unknown> | null = null;
  const start = (): Promise<unknown> => {
    ready ??= ask(['init', '--quiet', '--bare', '--template=', '.']);
    return ready;
  };
  let listed: Promise<string> | null = null;
  const commits = new Map<string, Promise<ReadonlyMap<string, string>>>();

  async function bring(commit: string): Promise<ReadonlyMap<string, string>> {
    await start();
    const fetching = ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head'];
    try {
      await ask([...fetching, '--depth=1', '--filter=blob:none', 'origin', commit]);
    } catch (error) {
      // An old server gives only what it lists.
      if (!/unadvertised|not our ref|allow|shallow/i.test(String(error))) throw error;
      await ask([...fetching, 'origin', '+refs/heads/*:refs/heads/*', '+refs/tags/*:refs/tags/*']);
    }
    const tree = await ask(['ls-tree', '-r', '-z', '--full-tree', commit]);
    return withLinks(commit, entriesOf(tree.toString('utf8')), ask);
  }

  async function resolve(revision: string | null, tagPrefix = ''): Promise<string> {
    if (revision !== null && isCommit(revision)) return revision;
    await start();
    listed ??= ask(['ls-remote', '--quiet', 'origin']).then((bytes) => bytes.toString('utf8'));
    const found = resolveRevision(revision, await listed, tagPrefix);
    if (found === null)
      throw new Error(
        `it has no branch, tag or commit \`${`${tagPrefix}${revision ?? 'HEAD'}`.slice(0, 200)}\``,
      );
    return found;
  }

  async function take(commit: string, paths: readonly string[]): Promise<TreeFiles> {
    const known = commits.get(commit) ?? bring(commit);
    commits.set(commit, known);
    const wanted = new Map([...(await known)].filter(([path]) => coversPath(paths, path)));
    if (wanted.size > mostFiles) throw new Error(`${inWords(paths)} holds more than ${mostFiles} files`);
    const blobs = [...new Set(wanted.values())].sort(compareText);
    await fill(commit, blobs, ask);
    const content = await readBlobs(blobs, ask, inWords(paths));
    const files = new Map<string, Uint8Array>();
    let total = 0;
    for (const [path, blob] of [...wanted].sort(([a], [b]) => compareText(a, b))) {
      const bytes = content.get(blob);
      if (bytes === undefined || isPointer(bytes)) continue;
      total += bytes.length;
      if (total > largestTree)
        throw new Error(`${inWords(paths)} is larger than ${largestTree / 2 ** 20} MiB`);
      files.set(path, bytes);
    }
    return files;
  }

  return {
    resolve: (revision, tagPrefix) => inTurn(() => resolve(revision, tagPrefix)),
    take: (commit, paths) => inTurn(() => take(commit, paths)),
    dispose: () => folder.dispose(),
  };
}

/** The files that are asked for and not here yet, all at once. */
async function fill(commit: string, blobs: readonly string[], ask: Ask): Promise<void> {
  const printed = await ask([
    'rev-list',
    '--objects',
    '--no-object-names',
    '--missing=print',
    '--max-count=1',
    commit,
  ]);
  const missing = new Set(
    printed
      .toString('utf8')
      .split('\n')
      .flatMap((line) => (line.startsWith('?') ? line.slice(1) : [])),
  );
  const wanted = blobs.filter((blob) => missing.has(blob));
  if (wanted.length === 0) return;
  await ask(
    [
      ...['-c', 'fetch.negotiationAlgorithm=noop', 'fetch', '--quiet', '--no-tags', '--no-write-fetch-head'],
      ...['--filter=blob:none', '--stdin', 'origin'],
    ],
    `${wanted.join('\n')}\n`,
  );
}

/** By their names; those that are larger than a file may be are left out. */
async function readBlobs(blobs: readonly string[], ask: Ask, what: string): Promise<Map<string, Buffer>> {
  const sizes = await ask(['cat-file', '--batch-check'], `${blobs.join('\n')}\n`);
  const small: string[] = [];
  let total = 0;
  for (const line of sizes.toString('utf8').split('\n')) {
    const [, blob, size] = /^([0-9a-f]+) blob (\d+)$/.exec(line) ?? [];
    if (blob === undefined || Number(size) > largestFile) continue;
    total += Number(size);
    small.push(blob);
  }
  if (total > largestTree) throw new Error(`${what} is larger than ${largestTree / 2 ** 20} MiB`);
  const found = new Map<string, Buffer>();
  if (small.length === 0) return found;
  const bytes = await ask(['cat-file', '--batch'], `${small.join('\n')}\n`, total + small.length * 120);
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(10, from);
    const [blob = '', , size] = bytes.subarray(from, end).toString('utf8').split(' ');
    const start = end + 1;
    found.set(blob, bytes.subarray(start, start + Number(size)));
    from = start + Number(size) + 1;
  }
  return found;
}

/**
 * Every file of a commit by where it stands. A link stands for what it leads to, as far as that is in the
 * same commit: one that leads out is left out.
 */
async function withLinks(commit: string, entries: readonly Entry[], ask: Ask): Promise<Map<string, string>> {
  const all = new Map(
    entries.flatMap(({ mode, blob, path }) => (mode.startsWith('100') ? [[path, blob]] : [])),
  );
  const links = entries.filter(({ mode }) => mode === '120000').slice(0, mostFiles);
  if (links.length === 0) return all;
  const blobs = [...new Set(links.map(({ blob }) => blob))];
  await fill(commit, blobs, ask);
  const targets = await readBlobs(blobs, ask, 'its links');
  let left = links;
  // One that leads through another is found once that one is.
  for (let pass = 0; pass < mostLinks && left.length > 0; pass += 1) {
    left = left.filter(({ path, blob }) => {
      const written = targets.get(blob)?.toString('utf8') ?? '/';
      const target = posix.join(posix.dirname(path), written).replace(/(.)\/$/, '$1');
      if (written.startsWith('/') || target === '..' || target.startsWith('../')) return false;
      const whole = all.get(target);
      if (whole !== undefined) all.set(path, whole);
      // A folder that holds the link would be without an end.
      if (whole !== undefined || target === '.' || isUnder(target, path)) return false;
      const inside = [...all].filter(([one]) => one.startsWith(`${target}/`));
      if (all.size + inside.length > mostEntries) throw new Error(`it holds more than ${mostEntries} files`);
      for (const [one, found] of inside) all.set(`${path}${one.slice(target.length)}`, found);
      return inside.length === 0;
    });
  }
  return all;
}

/** `<mode> <type> <name>\t<path>`; of names that no checkout would write, none. */
function entriesOf(listed: string): Entry[] {
  return listed.split('\0').flatMap((line): Entry[] => {
    const [, mode, blob, path] = /^(\d{6}) \w+ ([0-9a-f]+)\t(.+)$/s.exec(line) ?? [];
    if (mode === undefined || blob === undefined || path === undefined || !isOrdinary(path)) return [];
    return [{ mode, blob, path }];
  });
}

/** No tree that Git would check out has other names; what only Git itself reads means nothing here. */
function isOrdinary(path: string): boolean {
  const parts = path.split('/');
  return (
    path.length < 1000 &&
    !/[\\\p{Cc}]/u.test(path) &&
    parts.every((part) => part !== '' && part !== '.' && part !== '..' && !/^\.git$/i.test(part)) &&
    !/^\.git(attributes|ignore|modules)$/.test(parts.at(-1) ?? '')
  );
}

/** What stands in Git for a file that lies on another server (Git LFS). */
function isPointer(bytes: Buffer): boolean {
  return (
    bytes.length < 1024 && bytes.toString('latin1').startsWith('version https://git-lfs.github.com/spec/')
  );
}

function inWords(paths: readonly string[]): string {
  const [only = '.', other] = paths;
  return only === '.' ? 'it' : other === undefined ? `\`${only}\` in it` : `what is asked for of it`;
}

const mostEntries = 200_000;
/** Links that lead to links, one after another. */
const mostLinks = 8;

interface Entry {
  mode: string;
  blob: string;
  /** From the root of the repository. */
  path: string;
}

type Ask = (parameters: string[], input?: string, most?: number) => Promise<Buffer>;

export interface CloneOptions {
  /** Of the repository that is read. */
  root: string;
  limit: number;
}

export interface Clone {
  /**
   * The commit that a branch, tag or range means now; null for the branch that is the default. Of an artifact
   * the digest of its manifest.
   * @param tagPrefix what tags begin with that count for a version or a range.
   * @throws why there is none, without anybody's credentials.
   */
  resolve(revision: string | null, tagPrefix?: string): Promise<string>;
  /**
   * The plain files at and below the paths.
   * @param layer of an artifact that Flux takes.
   * @throws why they cannot be had.
   */
  take(commit: string, paths: readonly string[], layer?: string): Promise<TreeFiles>;
  dispose(): Promise<void>;
}
