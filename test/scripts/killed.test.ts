import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { processNamespace, temporaryFolder } from '../../plugins/base/index.ts';
import { unpack } from '../../plugins/render/engines/binary.ts';
import { keepEngine, keptEngine } from '../../plugins/render/engines/kept-engine.ts';
import { openCache } from '../../plugins/source/index.ts';
import { restoreEnvironment } from '../environment.ts';
import { shareOfDay } from '../fuzz.ts';
import { tree } from '../source/tree.ts';
import { plumbline, program } from './cli.ts';

const fact = (value: string) => `There is :fact[${value}]{value="size(resources)"} of them.\n`;
const repository = () =>
  tree({
    'K8s/kustomization.yaml': 'resources: [a.yaml]\n',
    'K8s/a.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData: {x: hunter2}\n',
    'docs/one.md': `# One\n\n${fact('7')}`,
    'docs/two.md': `# Two\n\n${fact('8')}`,
  });

/** A process that is killed at its n-th write, half of it done; at none, the writes of a whole run. */
function killedAt(at: number, args: string[], folders: { cache: string; temporary: string }) {
  const log = join(tree({}), 'writes');
  const { signal, stderr } = spawnSync(
    process.execPath,
    ['--import', join(import.meta.dirname, 'kill-at.mjs'), ...args],
    {
      encoding: 'utf8',
      env: {
        ...process.env,
        PLUMBLINE_CACHE: folders.cache,
        TMPDIR: folders.temporary,
        PLUMBLINE_KILL_AT: String(at),
        PLUMBLINE_WRITES: log,
      },
    },
  );
  return { signal, stderr, writes: existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [] };
}

/** What is killed: one of them each day, as each moment takes two processes. */
const killed = shareOfDay(['check', 'fix', 'manifests', 'unpacking', 'installing'] as const, 5);
console.log(`killed: ${killed.chosen.join(', ')} (${killed.name})`);
const isOther = (what: (typeof killed.chosen)[number]) => !killed.chosen.includes(what);

/** Some of the moments at which a run may be killed, others each day. */
function someOf(all: readonly number[], wanted: number, what: string): number[] {
  const { chosen, name } = shareOfDay(all, Math.max(1, Math.floor(all.length / wanted)));
  console.log(`${what}: killed at ${chosen.length} of ${all.length} moments (${name})`);
  expect(chosen.length).toBeGreaterThanOrEqual(Math.min(wanted, all.length));
  return chosen;
}

const writesOf = ({ writes }: { writes: string[] }) => writes.map((_, index) => index + 1);

const folders = () => ({ cache: tree({}), temporary: tree({}) });

test.skipIf(isOther('check'))(
  'whenever a check is killed, the next one answers as if there had been none',
  async () => {
    const root = repository();
    const check = ['check', '--root', root, '--format', 'json', '--baseline', join(root, 'baseline.json')];
    const whole = killedAt(0, [program, ...check, '--update-baseline'], folders());
    expect(whole.signal, whole.stderr).toBe(null);
    const baseline = readFileSync(join(root, 'baseline.json'), 'utf8');
    const before = { ...process.env };
    try {
      process.env.PLUMBLINE_CACHE = tree({});
      const fresh = await plumbline(check);
      for (const at of someOf(writesOf(whole), 2, 'check')) {
        const own = folders();
        const told = `killed at ${at}: ${whole.writes[at - 1]}`;
        expect(killedAt(at, [program, ...check, '--update-baseline'], own).signal, told).toBe('SIGKILL');
        // A baseline is there as it was, or as it should be.
        expect(readFileSync(join(root, 'baseline.json'), 'utf8'), told).toBe(baseline);
        process.env.PLUMBLINE_CACHE = own.cache;
        process.env.TMPDIR = own.temporary;
        expect(await plumbline(check), told).toEqual(fresh);
        // The copies that it left are gone with that, where it needed an engine.
        await temporaryFolder('test').dispose();
        expect(
          readdirSync(own.temporary).filter((name) => name.startsWith('plumbline-')),
          told,
        ).toEqual([]);
      }
    } finally {
      restoreEnvironment(before);
    }
  },
  600_000,
);

test.skipIf(isOther('manifests'))(
  'whenever manifests are written and the run is killed, the folder says so, and the next one makes it whole',
  async () => {
    const application = (name: string) =>
      `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: ${name}, namespace: argocd}\nspec:\n  source: {repoURL: https://git.example.com/a.git, path: K8s/${name}}\n  destination: {server: https://kubernetes.default.svc, namespace: ${name}}\n---\n`;
    const object = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n';
    const root = tree({
      'plumbline.yaml': 'repository: {url: https://git.example.com/a.git}\nlayers: {gitops: [K8s]}\n',
      'K8s/apps.yaml': application('one') + application('two'),
      'K8s/one/a.yaml': object,
      'K8s/two/a.yaml': object,
    });
    const before = tree({
      '.plumbline-manifests': '',
      'gone/manifest.yaml': 'old',
      'one/manifest.yaml': 'old',
    });
    const list = (out: string) => readFileSync(join(out, '.plumbline-manifests'), 'utf8').split('\n');
    const begin = (out: string) => cpSync(before, out, { recursive: true });
    const write = (out: string) => ['manifests', '--root', root, '--out', out];
    const texts = (out: string) =>
      readdirSync(out, { recursive: true })
        .map(String)
        .sort()
        .map((path) => [path, statSync(join(out, path)).isFile() && readFileSync(join(out, path), 'utf8')]);
    const right = tree({});
    await plumbline(write(right));
    const finished = list(right);
    writeFileSync(
      join(before, '.plumbline-manifests'),
      [...finished.slice(0, 2), 'gone/manifest.yaml', 'one/manifest.yaml', ''].join('\n'),
    );

    const [first, own] = [tree({}), folders()];
    begin(first);
    const { writes } = killedAt(0, [program, ...write(first)], own);
    expect(texts(first)).toEqual(texts(right));
    // What is written into a file that is open does not say its name.
    const isOwn = (write: string) => write.includes(first);
    const moments = writesOf({ writes }).slice(writes.findIndex(isOwn) - 1, writes.findLastIndex(isOwn) + 1);
    expect(moments.length).toBeGreaterThan(8);
    for (const at of someOf(moments, 1, 'manifests')) {
      const out = tree({});
      begin(out);
      const told = `killed at ${at}: ${writes[at - 1]}`;
      expect(killedAt(at, [program, ...write(out)], folders()).signal, told).toBe('SIGKILL');
      const isBegun = readFileSync(join(out, 'one/manifest.yaml'), 'utf8') !== 'old';
      if (isBegun || existsSync(join(out, 'two'))) expect(list(out)[1], told).toBe('unfinished');
      await plumbline(write(out));
      expect(texts(out), told).toEqual(texts(right));
    }
  },
  600_000,
);

test.skipIf(isOther('fix'))(
  'whenever fix is killed, each page is as it was or mended, and the next one mends the rest',
  async () => {
    const mended = repository();
    await plumbline(['fix', '--root', mended]);
    const pages = ['docs/one.md', 'docs/two.md'];
    const right = pages.map((page) => readFileSync(join(mended, page), 'utf8'));
    const own = folders();
    const { writes } = killedAt(0, [program, 'fix', '--root', repository()], own);
    expect(writes.some((write) => write.startsWith('rename') && write.includes('.plumbline-'))).toBe(true);
    // The cache is warm from now on: what is left are the writes of the pages, and of what engines read.
    const warm = killedAt(0, [program, 'fix', '--root', repository()], own);
    const chosen = someOf(writesOf(warm), 2, 'fix');
    let kills = 0;
    for (const at of chosen) {
      const root = repository();
      const before = pages.map((page) => readFileSync(join(root, page), 'utf8'));
      const run = killedAt(at, [program, 'fix', '--root', root], own);
      // A root of another name may find a cache folder there already: it ends a write earlier.
      expect([run.signal, run.writes.length]).toEqual(run.signal ? ['SIGKILL', at] : [null, at - 1]);
      if (run.signal) kills += 1;
      for (const [index, page] of pages.entries())
        expect([before[index], right[index]]).toContain(readFileSync(join(root, page), 'utf8'));
      await plumbline(['fix', '--root', root]);
      expect(pages.map((page) => readFileSync(join(root, page), 'utf8'))).toEqual(right);
      expect(readdirSync(join(root, 'docs')).sort()).toEqual(['one.md', 'two.md']);
    }
    expect(kills).toBeGreaterThanOrEqual(chosen.length - 1);
  },
  600_000,
);

/** Node's arguments for a statement with what a module exports as `it`. */
const doing = (module: string, statement: string) => [
  '--input-type=module',
  '-e',
  `import * as it from ${JSON.stringify(join(import.meta.dirname, '../../plugins', module))};
   import { openCache } from ${JSON.stringify(join(import.meta.dirname, '../../plugins/source/index.ts'))};
   ${statement}`,
];

test.skipIf(isOther('unpacking') || process.platform !== 'linux' || process.arch !== 'x64')(
  'whenever a run is killed while an engine is unpacked, the next one has it whole',
  async () => {
    const doUnpack = doing(
      'render/engines/binary.ts',
      "await it.unpack(openCache(process.env.PLUMBLINE_CACHE), 'helm');",
    );
    const whole = killedAt(0, doUnpack, folders());
    expect(whole.signal, whole.stderr).toBe(null);
    const size = statSync((await unpack(openCache(tree({})), 'helm')) ?? '').size;
    // Folders are made in between, and a cache notes when it was last cleared; of what is written first comes
    // the engine, then what marks it as whole.
    const chosen = whole.writes.flatMap((write, index) =>
      /^(?:write|rename)/.test(write) && !write.endsWith('/pruned"') ? [index + 1] : [],
    );
    expect(chosen).toHaveLength(4);
    for (const at of someOf(chosen, 1, 'unpacking')) {
      const own = folders();
      const told = `killed at ${at}: ${whole.writes[at - 1]}`;
      expect(killedAt(at, doUnpack, own).signal, told).toBe('SIGKILL');
      const left = readdirSync(own.cache, { recursive: true, encoding: 'utf8' }).filter((name) =>
        /\bhelm(?:\.[\w-]+)?$/.test(name),
      );
      expect(left, told).toHaveLength(1);
      const path = (await unpack(openCache(own.cache), 'helm')) ?? '';
      expect(path.startsWith(own.cache), told).toBe(true);
      expect(statSync(path).size, told).toBe(size);
      expect(readdirSync(join(path, '..')), told).toEqual(['helm']);
    }
  },
  600_000,
);

test.skipIf(isOther('installing'))(
  'whenever the installation of an engine is killed, none is taken that is not whole',
  () => {
    const root = tree({});
    const program = '#!/bin/sh\necho 5\n';
    const keep = (of: string) =>
      doing(
        'render/engines/kept-engine.ts',
        `it.keepEngine('helm', Buffer.from(${JSON.stringify(of)}), '${root}');`,
      );
    const whole = killedAt(0, keep(program), folders());
    expect(whole.signal, whole.stderr).toBe(null);
    const before = { ...process.env };
    try {
      for (const at of someOf(writesOf(whole), 2, 'installing')) {
        const own = folders();
        process.env.PLUMBLINE_CACHE = own.cache;
        const told = `killed at ${at}: ${whole.writes[at - 1]}`;
        expect(killedAt(at, keep(program), own).signal, told).toBe('SIGKILL');
        expect(keptEngine('helm', root), told).toBeUndefined();
        const path = keepEngine('helm', Buffer.from(program), root) ?? '';
        expect(keptEngine('helm', root), told).toBe(path);
        expect(readFileSync(path, 'utf8'), told).toBe(program);
        expect(readdirSync(join(path, '..')), told).toEqual(['helm', 'helm.mark']);
      }
    } finally {
      restoreEnvironment(before);
    }
  },
);

test('of temporary folders only those go that a run of this user left, and nothing behind a link', async () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  const temporary = tree({ 'elsewhere/a.yaml': 'kept' });
  const name = (of: number, space = processNamespace()) =>
    join(temporary, `plumbline-render-${of}-${space}-abcdef`);
  mkdirSync(join(name(pid), 'root'), { recursive: true });
  symlinkSync(join(temporary, 'elsewhere'), join(name(pid), 'root/link'));
  mkdirSync(name(process.pid));
  mkdirSync(name(pid, 1));
  symlinkSync(
    join(temporary, 'elsewhere'),
    join(temporary, `plumbline-chart-${pid}-${processNamespace()}-abcdef`),
  );
  writeFileSync(join(temporary, `plumbline-chart-${pid}-${processNamespace()}-ghijkl`), '');
  const before = { ...process.env };
  try {
    process.env.TMPDIR = temporary;
    await temporaryFolder('test').dispose();
  } finally {
    restoreEnvironment(before);
  }
  expect(existsSync(name(pid))).toBe(false);
  expect(existsSync(name(process.pid))).toBe(true);
  expect(existsSync(name(pid, 1))).toBe(true);
  expect(readFileSync(join(temporary, 'elsewhere/a.yaml'), 'utf8')).toBe('kept');
  expect(readdirSync(temporary)).toHaveLength(5);
});
