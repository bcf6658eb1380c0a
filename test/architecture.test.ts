import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

/** The rooms in the way of the data: each may import those to its left. */
const rooms = [
  'base',
  'words',
  'cel',
  'source',
  'render',
  'template',
  'model',
  'platform',
  'query',
  'views',
  'd2',
  'markdown',
  'checks',
  'engine',
  'report',
  'lsp',
  'remark',
  'starlight',
];

/** Modules that are asked for past the index of their room, which would bring much more along. */
const doors = [
  'base/code-digest.ts',
  'base/paths.ts',
  'base/translate.ts',
  'base/yaml-value.ts',
  'checks/links/href.ts',
  'd2/theme.ts',
  'markdown/directive-places.ts',
  'markdown/links/running-address.ts',
  'markdown/page-files.ts',
  'markdown/parse-work.ts',
  'markdown/slug.ts',
  'render/engines/engine-identity.ts',
  'source/cache/cache.ts',
  'source/cache/cache-directory.ts',
  'source/git/git-state.ts',
  'source/walk.ts',
  'words/say.ts',
];

const root = resolve(import.meta.dirname, '..');
const plugins = join(root, 'plugins');
const modules = rooms.flatMap((room) =>
  filesUnder(join(plugins, room)).filter((file) => file.endsWith('.ts')),
);
/** A module longer than this is hard to read whole; the test says which, and refuses twice that. */
const longModule = 200;

describe('the house', () => {
  test('has the rooms of the design and no others', () => {
    const found = readdirSync(plugins).filter((name) => statSync(join(plugins, name)).isDirectory());
    expect(found.toSorted()).toEqual(rooms.toSorted());
  });

  test.each(rooms)('%s imports only from rooms to its left, through their index', (room) => {
    const wrong = modules
      .filter((file) => roomOf(file) === room)
      .flatMap((file) => importsOf(file).map((specifier) => ({ file, specifier })))
      .filter(({ specifier }) => specifier.startsWith('.'))
      .flatMap(({ file, specifier }) => {
        const fault = faultOf(file, resolve(dirname(file), specifier));
        return fault === null ? [] : [`${relative(root, file)}: ${specifier} ${fault}`];
      });
    expect(wrong).toEqual([]);
  });

  test('no module needs another that needs it', () => {
    const commands = filesUnder(join(root, 'scripts')).filter((file) => file.endsWith('.ts'));
    const files = [...modules, ...commands];
    expect(circlesOf(files, filesImportedBy)).toEqual([]);
    const circle = new Map([
      ['a', ['b']],
      ['b', ['c', 'd']],
      ['c', ['a']],
      ['d', ['d']],
    ]);
    expect(circlesOf(['d', 'a', 'b', 'c'], (one) => circle.get(one) ?? [])).toEqual([
      'd → d',
      'a → b → c → a',
    ]);
  });

  test('the manifest side knows nothing of Markdown, D2 or Astro', () => {
    const foreign = /^(astro|@astrojs\/|@terrastruct\/|remark|rehype|unified|mdast|hast|starlight)/;
    const wrong = modules
      .filter((file) => rooms.indexOf(roomOf(file)) <= rooms.indexOf('views'))
      .flatMap((file) =>
        importsOf(file)
          .filter((specifier) => foreign.test(specifier))
          .map((specifier) => `${relative(root, file)}: ${specifier}`),
      );
    expect(wrong).toEqual([]);
  });

  test.each([
    ['@marcbachmann/cel-js', 'cel'],
    ['re2js', 'base'],
  ])('%s is known to %s alone', (name, home) => {
    const users = modules.filter((file) =>
      importsOf(file).some((specifier) => packageOf(specifier) === name),
    );
    expect(users.length).toBeGreaterThan(0);
    expect(
      users.map((file) => relative(plugins, file)).filter((file) => !file.startsWith(`${home}/`)),
    ).toEqual([]);
  });

  test('only starlight knows Astro', () => {
    const wrong = modules
      .filter((file) => roomOf(file) !== 'starlight')
      .flatMap((file) =>
        importsOf(file)
          .filter((specifier) => /^(astro|@astrojs\/)/.test(specifier))
          .map((specifier) => `${relative(root, file)}: ${specifier}`),
      );
    expect(wrong).toEqual([]);
  });

  test('what the browser runs needs no package and nothing of Node', () => {
    const reached = new Set(modules.filter((file) => file.startsWith(join(plugins, 'starlight/client/'))));
    expect(reached.size).toBeGreaterThan(2);
    const wrong = [...reached].flatMap((file) => foreignTo(file, reached));
    expect(wrong).toEqual([]);
  });

  test.each([
    'starlight/index.ts',
    'starlight/loading/load-pages.ts',
    'starlight/run/build-run.ts',
    'starlight/run/check-thread.ts',
    'starlight/run/outcome-cache.ts',
    'starlight/site/finish-site.ts',
    'starlight/slim/finish-site.ts',
  ])('a build in which nothing has changed loads no model and no parser with %s', (entry) => {
    const reached = reachedFrom([join(plugins, entry)]);
    expect(reached.size).toBeLessThan(100);
    const heavy = ['template', 'model', 'platform', 'query', 'views', 'd2', 'engine', 'report', 'remark'];
    expect([...reached].map(roomOf).filter((room) => heavy.includes(room))).toEqual([]);
    const packages = [...reached].flatMap((file) => importsOf(file, 'static')).map(packageOf);
    expect(
      packages.filter((name) => /^(yaml|remark.*|hast-.*|mdast-.*|@marcbachmann.*)$/.test(name)),
    ).toEqual([]);
  });

  test('the command line loads a room where a command runs that needs it', () => {
    const reached = reachedFrom([join(root, 'scripts/commands/main.ts')]);
    const own = [...reached].filter((file) => file.startsWith(plugins) && roomOf(file) !== 'base');
    expect(own.map((file) => relative(plugins, file)).sort()).toEqual([
      'checks/rule-page.ts',
      'platform/holds-nothing.ts',
      'report/reporters.ts',
    ]);
  });

  test('few modules load the pages or are built into them, as Vite reads each in every build', () => {
    expect(reachedFrom([join(plugins, 'starlight/loader.ts')]).size).toBeLessThan(4);
    const components = filesUnder(join(plugins, 'starlight/components'));
    const routes = ['site/route', 'site/commit', 'search/route', 'trust/facts-route', 'icons/route'];
    const built = reachedFrom([
      ...components,
      ...routes.map((name) => join(plugins, `starlight/${name}.ts`)),
    ]);
    const own = [...built].filter((file) => file.endsWith('.ts') && !file.includes('/client/'));
    expect(own.length).toBeLessThan(30);
    expect(own.map((file) => relative(plugins, file))).toContain('words/say.ts');
  });

  test('modules can be read whole', () => {
    const lengths = modules.map((file) => ({
      file: relative(root, file),
      lines: textOf(file).split('\n').length,
    }));
    const long = lengths.filter(({ lines }) => lines > longModule).toSorted((a, b) => b.lines - a.lines);
    for (const { file, lines } of long) console.log(`long: ${file} (${lines} lines)`);
    expect(long.filter(({ lines }) => lines > 2 * longModule)).toEqual([]);
  });

  test('comments stay within the width that the formatter gives code', () => {
    const { formatter }: { formatter: { lineWidth: number } } = JSON.parse(textOf(join(root, 'biome.json')));
    const wide = projectFiles()
      .filter((file) => /^(plugins|scripts|src|test)\/.*\.ts$/.test(file) && !file.includes('/fixtures/'))
      .flatMap((file) =>
        linesOf(file, (line) => line.length > formatter.lineWidth && /^\s*(\*|\/\/|\/\*)/.test(line)),
      );
    expect(wide).toEqual([]);
  });

  test('nothing hides behind `any` or a silenced compiler', () => {
    // The brackets keep this file from finding itself.
    const hiding = /: a[n]y\b|\bas a[n]y\b|<a[n]y>|@ts-[i]gnore|@ts-[n]ocheck|@ts-[e]xpect-error/;
    const wrong = projectFiles()
      .filter((file) => /^(plugins|scripts|src|test)\/.*\.ts$/.test(file) && !file.includes('/fixtures/'))
      .flatMap((file) => linesOf(file, (line) => hiding.test(line) && !/^\s*(\*|\/\/|\/\*)/.test(line)));
    expect(wrong).toEqual([]);
  });

  test('no file names a machine, a path of it or the way the project is made', () => {
    const paths = /\/wo[r]k\/(main|shared)|\/ro[o]t\//;
    // In manifests and pages the word is the field's own (that of a login).
    const words = /\bse[s]sions?\b/;
    const wrong = projectFiles()
      .filter(
        (file) => file !== 'LICENSE' && file !== 'package-lock.json' && !/\.(png|svg|woff2?|zip)$/.test(file),
      )
      .flatMap((file) => {
        const platform = /^(IT|K8s|docs)\//.test(file) || file.includes('/fixtures/');
        const found = (line: string) => paths.test(line) || (!platform && words.test(line));
        return linesOf(file, found);
      });
    expect(wrong).toEqual([]);
  });

  test('the lock names no host, and every platform finds its packages in it', () => {
    const lock: {
      packages: Record<string, { optionalDependencies?: Record<string, string>; resolved?: string }>;
    } = JSON.parse(textOf(join(root, 'package-lock.json')));
    const paths = Object.keys(lock.packages);
    expect(
      paths.filter(
        (path) => !/^(https:\/\/registry\.npmjs\.org\/|$)/.test(lock.packages[path]?.resolved ?? ''),
      ),
    ).toEqual([]);
    // `npm ci` refuses a lock that lacks an optional package, even one for another platform; a registry that
    // does not offer it drops it silently.
    const missing = paths.flatMap((path) =>
      Object.keys(lock.packages[path]?.optionalDependencies ?? {}).filter(
        (name) => !paths.some((other) => other.endsWith(`node_modules/${name}`)),
      ),
    );
    expect(missing).toEqual([]);
  });

  test('workflows name actions by commit, with the version beside', () => {
    const files = [...filesUnder(join(root, '.github/workflows')), join(root, 'action.yml')];
    const uses = files.flatMap((file) =>
      textOf(file)
        .split('\n')
        .filter((line) => /\buses:/.test(line)),
    );
    expect(uses.length).toBeGreaterThan(0);
    expect(uses.filter((line) => !/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual(
      [],
    );
  });

  test('versions are pinned', () => {
    const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(versions.length).toBeGreaterThan(10);
    expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
  });

  test('what a user of the package needs at run time is a dependency of it', () => {
    const users = [
      ...modules,
      ...filesUnder(join(root, 'scripts/commands')),
      join(root, 'scripts/plumbline.ts'),
    ];
    const given = new Set(Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }));
    const lacking = users.flatMap((file) =>
      importsOf(file, 'values')
        .filter(
          (specifier) => !/^(\.|node:|astro:|virtual:)/.test(specifier) && !given.has(packageOf(specifier)),
        )
        .map((specifier) => `${relative(root, file)}: ${specifier}`),
    );
    expect(lacking).toEqual([]);
  });
});

const manifest: Record<
  'dependencies' | 'devDependencies' | 'peerDependencies',
  Record<string, string> | undefined
> = JSON.parse(textOf(join(root, 'package.json')));

/** What is wrong with an import, or null. */
function faultOf(file: string, target: string): string | null {
  const room = roomOf(file);
  if (!existsSync(target)) return 'does not exist';
  if (!target.startsWith(`${plugins}/`))
    return target === join(root, 'package.json') ? null : 'leaves the rooms';
  const other = roomOf(target);
  if (other === room) return null;
  if (rooms.indexOf(other) > rooms.indexOf(room)) return `is to the right of ${room}`;
  // An index would bring into the browser what only Node has,
  if (other === 'base' && file.startsWith(join(plugins, 'starlight/client/'))) return null;
  // and into the start of every build, warm ones too, all that a warm one has no use for.
  if (doors.includes(relative(plugins, target))) return null;
  if (target !== join(plugins, other, 'index.ts')) return `reaches into ${other} past its index.ts`;
  return null;
}

/** The modules of ours that a file imports; what a text of it only quotes leads nowhere. */
function filesImportedBy(file: string, what: 'all' | 'static' = 'all'): string[] {
  return importsOf(file, what)
    .filter((specifier) => specifier.startsWith('.') && specifier.endsWith('.ts'))
    .map((specifier) => resolve(dirname(file), specifier))
    .filter((target) => existsSync(target));
}

/** Modules, and all that comes along with them at once. */
function reachedFrom(entries: readonly string[]): Set<string> {
  const reached = new Set(entries);
  for (const file of reached)
    for (const target of filesImportedBy(file, 'static')) if (!target.endsWith('.json')) reached.add(target);
  return reached;
}

/**
 * Every circle that a walk along the imports closes, types counted, as `a → b → a`; one at least of those
 * that hang together.
 */
function circlesOf(files: string[], importedBy: (file: string) => string[]): string[] {
  const circles: string[] = [];
  const seen = new Set<string>();
  const visit = (file: string, way: string[]): void => {
    const start = way.indexOf(file);
    if (start >= 0)
      circles.push([...way.slice(start), file].map((one) => relative(root, resolve(root, one))).join(' → '));
    if (start >= 0 || seen.has(file)) return;
    for (const next of importedBy(file)) visit(next, [...way, file]);
    seen.add(file);
  };
  for (const file of files) visit(file, []);
  return circles;
}

/** Adds every module that a file needs to those that are reached; what is no file of ours is handed back. */
function foreignTo(file: string, reached: Set<string>): string[] {
  return importsOf(file).flatMap((specifier) => {
    if (!specifier.startsWith('.')) return [`${relative(root, file)}: ${specifier}`];
    const target = resolve(dirname(file), specifier);
    if (reached.has(target)) return [];
    reached.add(target);
    return foreignTo(target, reached);
  });
}

/** `@scope/name` of `@scope/name/file`. */
function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function roomOf(file: string): string {
  return relative(plugins, file).split('/')[0] ?? '';
}

/**
 * Every module that a file imports, re-exports or loads lazily; text in comments aside, and types too where
 * only values count, and what is loaded lazily where only what comes along at once does.
 */
function importsOf(file: string, what: 'all' | 'values' | 'static' = 'all'): string[] {
  const text = textOf(file).replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  const code = what !== 'all' ? text.replace(/^(import|export) type [\s\S]*?;$/gm, '') : text;
  const forms = [
    /^\s*(?:import|export)\b[^'";]*?\bfrom\s*['"]([^'"\n]+)['"]/gm,
    /^\s*import\s*['"]([^'"\n]+)['"]/gm,
    ...(what === 'static' ? [] : [/\bimport\(\s*['"]([^'"\n]+)['"]/g]),
  ];
  return forms.flatMap((form) => [...code.matchAll(form)].flatMap(([, specifier]) => specifier ?? []));
}

function filesUnder(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile());
}

/** Files of the project: all but what .gitignore names, whether or not this is a clone. */
function projectFiles(): string[] {
  const ignored = textOf(join(root, '.gitignore'))
    .split('\n')
    .filter((line) => line.endsWith('/'))
    .map((line) => line.slice(0, -1));
  const walk = (folder: string): string[] =>
    readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      // A folder in a clone, a file in a worktree.
      if (entry.name === '.git') return [];
      if (entry.isDirectory()) return ignored.includes(entry.name) ? [] : walk(path);
      return entry.isFile() ? [path] : [];
    });
  return walk('');
}

function linesOf(file: string, found: (line: string) => boolean): string[] {
  return textOf(join(root, file))
    .split('\n')
    .flatMap((line, index) => (found(line) ? [`${file}:${index + 1}: ${line.trim().slice(0, 120)}`] : []));
}

function textOf(file: string): string {
  return readFileSync(file, 'utf8');
}
