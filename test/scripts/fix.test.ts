import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { copyOf, plumbline, temporaryFolder } from './cli.ts';

const fact = (literal: string) => `There are :fact[${literal}]{count="kind == 'Namespace'"} namespaces.`;

/** The fixture with two pages more that can be mended, one of them hard on tools. */
function staleShop(): string {
  const root = copyOf('cli-shop');
  writeFileSync(
    join(root, 'docs/stale.md'),
    `# Stale\n\n${fact('7')}\n\n${'text\n\n'.repeat(20)}${fact('nine')}\n`,
  );
  mkdirSync(join(root, 'docs/more pages'));
  writeFileSync(join(root, 'docs/more pages/ä.md'), `\ufeff# Ä\r\n\r\n${fact('8')}`);
  return root;
}

function pagesOf(root: string): Record<string, string> {
  const files = readdirSync(join(root, 'docs'), { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    files
      .filter((file) => file.isFile())
      .map((file) => join(file.parentPath, file.name))
      .map((path) => [path.slice(root.length), readFileSync(path, 'utf8')]),
  );
}

describe('fix', () => {
  test('writes what is certain, tells it on stderr, and exits 0 where nothing is left', async () => {
    const root = staleShop();
    const { code, stdout, stderr } = await plumbline(['fix', '--root', root]);
    expect(stdout).toBe('');
    expect(stderr).toBe(`fixed  docs/more pages/ä.md:3:17  fact-stale  8 → 1
fixed  docs/stale.md:3:17  fact-stale  7 → 1
fixed  docs/stale.md:45:17  fact-stale  nine → one
fixed 3 on 2 pages
`);
    expect(code).toBe(0);
    expect(readFileSync(join(root, 'docs/more pages/ä.md'), 'utf8')).toBe(`\ufeff# Ä\r\n\r\n${fact('1')}`);
    expect((await plumbline(['check', '--root', root])).code).toBe(0);
    const again = await plumbline(['fix', '--root', root]);
    expect(again).toEqual({ code: 0, stdout: '', stderr: 'nothing to fix\n' });
  });

  test('--dry-run writes nothing; its diff, applied by Git, gives what fix writes', async () => {
    const root = staleShop();
    const before = pagesOf(root);
    const { code, stdout, stderr } = await plumbline(['fix', '--dry-run', '--root', root]);
    expect(pagesOf(root)).toEqual(before);
    expect(code).toBe(1);
    expect(stdout).toContain('--- a/docs/stale.md\n+++ b/docs/stale.md\n@@ -1,6 +1,6 @@');
    expect(stderr).toMatch(/would fix 3 on 2 pages\n$/);

    const applied = spawnSync('git', ['apply', '-'], { cwd: root, input: stdout, encoding: 'utf8' });
    expect(applied.stderr).toBe('');
    const byGit = pagesOf(root);
    for (const [path, text] of Object.entries(before)) writeFileSync(join(root, path), text);
    await plumbline(['fix', '--root', root]);
    expect(pagesOf(root)).toEqual(byGit);
    expect(byGit).not.toEqual(before);
    const clean = await plumbline(['fix', '--dry-run', '--root', root]);
    expect(clean).toEqual({ code: 0, stdout: '', stderr: 'nothing to fix\n' });
  });

  test('rewrites the named pages alone', async () => {
    const root = staleShop();
    const before = pagesOf(root);
    expect((await plumbline(['fix', 'stale.md', '--root', root])).code).toBe(0);
    expect(pagesOf(root)['/docs/more pages/ä.md']).toBe(before['/docs/more pages/ä.md']);
    expect(pagesOf(root)['/docs/stale.md']).not.toBe(before['/docs/stale.md']);
  });

  test('says what is left and why, and exits 1', async () => {
    const root = copyOf('cli-shop');
    writeFileSync(
      join(root, 'docs/left.md'),
      `${fact('7')}\n\n:claim[Late]{of="kind == 'Namespace'" all="wave > 50"} and \`Deployment/wab\`.\n`,
    );
    const { code, stderr } = await plumbline(['fix', '--root', root]);
    expect(stderr).toContain('fixed  docs/left.md:1:17  fact-stale  7 → 1\n');
    expect(stderr).toMatch(
      /left {3}docs\/left\.md:3:1 {2}claim-false {2}the claim is false: .*\n {7}mend the manifests/,
    );
    expect(stderr).toMatch(/fixed \d on 1 page; left: 1 on pages \(plumbline check shows both sides\)\n$/);
    expect(code).toBe(1);
  });

  test('keeps the mode of a page and the link that leads to it', async () => {
    const root = staleShop();
    const [page, elsewhere] = [join(root, 'docs/stale.md'), join(root, 'real.md')];
    renameSync(page, elsewhere);
    chmodSync(elsewhere, 0o640);
    symlinkSync(elsewhere, page);
    await plumbline(['fix', '--root', root]);
    // A link's own entry is no file to the walk of the folder: it is named.
    expect((await plumbline(['fix', 'docs/stale.md', '--root', root])).code).toBe(0);
    expect(readFileSync(elsewhere, 'utf8')).toContain(fact('1'));
    expect(statSync(elsewhere).mode & 0o777).toBe(0o640);
    expect(readFileSync(page, 'utf8')).toBe(readFileSync(elsewhere, 'utf8'));
  });

  test('follows a docs folder that is a link', async () => {
    const root = staleShop();
    const outside = join(temporaryFolder(), 'pages');
    spawnSync('cp', ['-r', join(root, 'docs'), outside]);
    const linked = copyOf('cli-shop');
    symlinkSync(outside, join(linked, 'linked'));
    expect((await plumbline(['fix', '--root', linked, '--docs', join(linked, 'linked')])).code).toBe(0);
    expect(readFileSync(join(outside, 'stale.md'), 'utf8')).toContain(fact('1'));
  });

  test('writes nothing outside the root and the docs folder', async () => {
    const root = copyOf('cli-shop');
    const outside = join(temporaryFolder(), 'outside.md');
    writeFileSync(outside, fact('7'));
    symlinkSync(outside, join(root, 'docs/outside.md'));
    for (const options of [[], ['--dry-run']]) {
      const { code, stdout, stderr } = await plumbline([
        'fix',
        'docs/outside.md',
        ...options,
        '--root',
        root,
      ]);
      expect(stdout).toBe('');
      expect(stderr).toContain('1 not written: it lies outside the root and the docs folder');
      expect(code).toBe(1);
    }
    expect(readFileSync(outside, 'utf8')).toBe(fact('7'));
  });

  test('takes no manifest for a page', async () => {
    const root = copyOf('cli-shop');
    const { code, stderr } = await plumbline(['fix', 'K8s/shop/web/namespace.yaml', '--root', root]);
    expect(stderr).toMatch(/namespace\.yaml` is no page\n {2}help: /);
    expect(code).toBe(2);
    expect((await plumbline(['fix', 'nowhere.md', '--root', root])).code).toBe(2);
  });
});
