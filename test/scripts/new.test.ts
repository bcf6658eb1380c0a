import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shareOfDay } from '../fuzz.ts';
import { isDue } from '../turns.ts';

const project = resolve(import.meta.dirname, '../..');
let copy: string;
/** What looks at what was begun takes ten times as long as that: one of them in each run. */
const looks = shareOfDay(['types', 'lint', 'tests'] as const, 3, 3);
console.log(`what is begun is held against ${looks.chosen.join(', ')} (${looks.name})`);

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'plumbline-new-'));
  const files = [
    '.gitignore',
    'plugins',
    'scripts',
    'CHANGELOG.md',
    'biome.json',
    'package.json',
    'tsconfig.json',
  ];
  const tests = ['test/checks', 'test/d2/helpers.ts', 'test/fixtures/checks-platform'];
  for (const file of [...files, ...tests]) cpSync(join(project, file), join(copy, file), { recursive: true });
  symlinkSync(join(project, 'node_modules'), join(copy, 'node_modules'));
  const some = { extends: './tsconfig.json', include: ['plugins/checks/index.ts', 'scripts/new.ts'] };
  writeFileSync(join(copy, 'tsconfig.some.json'), JSON.stringify(some));
});
afterAll(() => rmSync(copy, { recursive: true }));

describe.runIf(isDue(2, 3))('npm run new', () => {
  it('begins a rule about pages and one about manifests: a module, a row, a line of the changelog', () => {
    const page = run('rule', 'fence-empty');
    expect(page.stdout).toContain('wrote  plugins/checks/rules/pages/fence-empty.ts');
    expect(page.stdout).toContain('npm test -- test/checks/rules.test.ts -t fence-empty');
    expect(page.status).toBe(0);
    expect(run('rule', 'wave-late', 'manifests').status).toBe(0);
    expect(text('CHANGELOG.md')).toMatch(/^- … \(`fence-empty`\)\.\n- … \(`wave-late`\)\.\n/m);
    expect(text('plugins/checks/rules.ts')).toMatch(/^ {2}fenceEmpty,\n {2}manifestInvalid,$/m);
    expect(text('plugins/checks/rules.ts')).toMatch(/^ {2}waveLate,\n\]\);$/m);

    if (looks.chosen.includes('types'))
      expect(node('typescript/bin/tsc', '-p', 'tsconfig.some.json', '--noEmit')).toMatchObject({
        stdout: '',
        status: 0,
      });
    if (looks.chosen.includes('lint'))
      expect(
        node('@biomejs/biome/bin/biome', 'check', '--error-on-warnings', 'plugins/checks'),
      ).toMatchObject({ status: 0 });
  });

  it.skipIf(!looks.chosen.includes('tests'))(
    'lets the tests of the rules fail until the examples are real',
    () => {
      const { stdout, stderr, status } = node(
        ...['vitest/vitest.mjs', 'run', 'test/checks/rules.test.ts', '-t', 'fence-empty|changelog'],
        '--experimental.viteModuleRunner=false',
      );
      expect(status).toBe(1);
      expect(stdout + stderr).toContain('title, explain and silent of `fence-empty` are to be written');
      expect(stdout + stderr).toContain('`failing` of `fence-empty` raises no fault of the rule');
      expect(stdout + stderr).toContain('- … (`fence-empty`).');
    },
  );

  it('adds to what is not released yet, where nothing stands there so far', () => {
    const released = '## [1.0.0]\n\n### Added\n\n- All.\n';
    writeFileSync(join(copy, 'CHANGELOG.md'), `# Changelog\n\n## [Unreleased]\n\n${released}`);
    expect(run('rule', 'fact-late').status).toBe(0);
    expect(text('CHANGELOG.md')).toBe(
      `# Changelog\n\n## [Unreleased]\n\n### Added\n\n- … (\`fact-late\`).\n\n${released}`,
    );
  });

  it.each([
    [['rule', 'fact-stale'], 'there is a rule `fact-stale` already'],
    [['rule', 'FactStale'], '`FactStale` is no name in kebab-case'],
    [['rule', 'fact-later', 'cluster'], 'about `page` or about `manifests`, not about `cluster`'],
    [['rule'], 'a rule takes one name'],
    [['rool', 'fact-late'], 'nothing is called `rool` here'],
  ])('refuses %j', (args, message) => {
    const before = text('plugins/checks/rules.ts');
    const { stderr, status } = run(...args);
    expect(stderr).toContain(message);
    expect(stderr).toContain('help: ');
    expect(status).toBe(2);
    expect(text('plugins/checks/rules.ts')).toBe(before);
  });
});

function run(...args: string[]) {
  return spawnSync(process.execPath, ['scripts/new.ts', ...args], { cwd: copy, encoding: 'utf8' });
}

function node(script: string, ...args: string[]) {
  return spawnSync(process.execPath, [join('node_modules', script), ...args], {
    cwd: copy,
    encoding: 'utf8',
  });
}

function text(file: string): string {
  return readFileSync(join(copy, file), 'utf8');
}
