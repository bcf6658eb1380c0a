import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { slashed } from '../../plugins/base/index.ts';

/** The charts in the newest commits of bare Git repositories, `OWNER+NAME/repo` in a folder. */
export function readCopies(folder: string): Copies {
  const charts = readdirSync(folder)
    .filter((name) => name.includes('+') && statSync(join(folder, name)).isDirectory())
    .flatMap((name) => chartsIn(join(folder, name, 'repo'), name));
  return {
    read: ({ git, path }) => output(git, ['show', `HEAD:${path}`]),
    find(name, address, version) {
      const named = charts.filter((one) => one.name === name);
      const exact = named.find((one) => one.packed && one.version === version);
      const [best] = named
        .filter(({ packed }) => !packed)
        .map((one) => ({ one, score: scoreOf(one, address) }))
        .filter(({ score }) => score > 0)
        .sort((a, b) => b.score - a.score);
      return exact ?? best?.one;
    },
    beside(chart, path) {
      const wanted = posix.join(posix.dirname(chart.path), path, 'Chart.yaml');
      return charts.find((one) => one.git === chart.git && one.path === wanted);
    },
    extract: ({ git, path }, target) => extract(git, posix.dirname(path), target),
  };
}

/** A folder; what links lead to in its repository stands in their place. */
function extract(git: string, folder: string, target: string): void {
  mkdirSync(target, { recursive: true });
  const tree = folder === '.' ? 'HEAD' : `HEAD:${folder}`;
  execFileSync('tar', ['-x', '-C', target], { input: output(git, ['archive', tree]) });
  for (const entry of readdirSync(target, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) continue;
    const link = join(entry.parentPath, entry.name);
    const at = posix.join(folder, slashed(target, entry.parentPath), readlinkSync(link));
    rmSync(link);
    try {
      if (
        output(git, ['cat-file', '-t', `HEAD:${at}`])
          .toString()
          .trim() === 'tree'
      )
        extract(git, at, link);
      else writeFileSync(link, output(git, ['show', `HEAD:${at}`]));
    } catch {
      // It leads to nothing that the copy has.
    }
  }
}

function output(git: string, words: string[]): Buffer {
  return execFileSync('git', ['--git-dir', git, ...words], {
    ...{ maxBuffer: 2 ** 28, stdio: ['ignore', 'pipe', 'ignore'] },
  });
}

function chartsIn(git: string, repository: string): CopiedChart[] {
  const words = ['grep', '-E', '^(name|version):', 'HEAD', '--', '*Chart.yaml'];
  const found = new Map<string, CopiedChart>();
  for (const line of lines(git, words)) {
    const [, path, field, word = ''] = /^HEAD:(.+?):(name|version): *["']?([^"'\s#]+)/.exec(line) ?? [];
    if (path === undefined) continue;
    const chart = found.get(path) ?? { git, repository, path, name: '', version: null, packed: false };
    found.set(path, field === 'name' ? { ...chart, name: word } : { ...chart, version: word });
  }
  const packed = lines(git, ['ls-tree', '-r', '--name-only', 'HEAD']).flatMap((path) => {
    const [, name, version] = /^(.+?)-(v?\d+\.\d+\.\d+.*)\.tgz$/.exec(posix.basename(path)) ?? [];
    return name === undefined || version === undefined
      ? []
      : [{ git, repository, path, name, version, packed: true }];
  });
  return [...found.values(), ...packed];
}

function lines(git: string, words: string[]): string[] {
  try {
    return output(git, words).toString().split('\n');
  } catch {
    return [];
  }
}

/** Whether a repository is the one that an address is of, by its words; 0 where nothing speaks for it. */
function scoreOf({ repository, name, path }: CopiedChart, address: string): number {
  const [owner = '', own = ''] = repository.toLowerCase().split('+');
  const asked = address.toLowerCase();
  const isIts = asked.includes(owner) ? 4 : 0;
  const words = own.split('-').filter((word) => word.length > 3 && !/^(helm|charts?)$/.test(word));
  const isNamed = own === name || words.some((word) => asked.includes(word) || word === name) ? 2 : 0;
  const isAside = /(^|\/)(tests?|ci|examples?|testdata|hack|e2e)\//.test(path) ? -1 : 0;
  return isIts + isNamed === 0 ? 0 : isIts + isNamed + 1 + isAside - path.split('/').length / 100;
}

/** A chart in a copy of a public repository. */
export interface CopiedChart {
  /** Of the bare repository. */
  git: string;
  /** `OWNER+NAME`. */
  repository: string;
  /** Of its `Chart.yaml`, or of the packed chart. */
  path: string;
  name: string;
  version: string | null;
  packed: boolean;
}

export interface Copies {
  /** The chart that an address seems to mean: in that version where a copy has it packed, else as it is. */
  find(name: string, address: string, version?: string | null): CopiedChart | undefined;
  /** That of a path of a `file://` repository. */
  beside(chart: CopiedChart, path: string): CopiedChart | undefined;
  read(chart: CopiedChart): Buffer;
  extract(chart: CopiedChart, target: string): void;
}
