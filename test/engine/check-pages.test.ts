import { appendFileSync, cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkPages, createEngine } from '../../plugins/engine/index.ts';
import { createPageIndex } from '../../plugins/engine/page-index.ts';
import { openParseRoom } from '../../plugins/markdown/index.ts';
import { summary } from '../../plugins/report/summary-line.ts';
import { fixture, temporaryFolder } from '../checks/engine.ts';
import { d2 } from '../d2/helpers.ts';

/** A copy of the fixture with these files over it. */
function repository(files: Record<string, string>): string {
  const root = temporaryFolder();
  cpSync(fixture, root, { recursive: true });
  cpSync(join(fixture, 'K8s'), join(root, 'docs', '.hidden'), { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text);
  return root;
}
const settings = (more: string) =>
  `layers: { bootstrap: [IT], gitops: [K8s] }\nrepository: { url: "https://git.example.com/shop.git" }\n${more}`;

describe('checkPages', () => {
  it('checks every page, sorted, and counts what it checked', async () => {
    const root = repository({
      'docs/b.md': '`K8s/none` and again `K8s/none`\n',
      'docs/a.mdx': 'There are :fact[2]{count="kind == \'AppProject\'"}.\n\n::table{view="waves"}\n',
      'docs/notes.txt': '`K8s/none`',
    });
    const engine = await createEngine({ root, d2 });
    const { pages, report } = await checkPages(engine);
    await engine.dispose();
    expect(pages.map((page) => page.file)).toEqual(['docs/a.mdx', 'docs/b.md']);
    expect(report.checked).toMatchObject({ pages: 2, facts: 1, tables: 1, paths: 2, claims: 0 });
    expect(
      report.diagnostics.map(({ rule, page }) => `${rule} ${page?.file}:${page?.line}:${page?.column}`),
    ).toEqual(['path-missing docs/b.md:1:2', 'path-missing docs/b.md:1:23']);
    const [first, second] = report.diagnostics;
    expect(second?.fingerprint).toBe(`${first?.fingerprint}-2`);
  });

  it('says that nothing is verified on pages that all together are too much to parse', async () => {
    const fact = `:fact[2]{count="kind == 'AppProject'"}`;
    const root = repository({
      'docs/a.md': `# A\n\n${fact}. ${'[a]('.repeat(300)}\n`,
      'docs/b.md': `# B\n\n${fact}. See [A](a.md#a) and [all](a.md).\n`,
    });
    const engine = await createEngine({ root, d2 });
    const pages = createPageIndex(engine.platform, {}, openParseRoom({ steps: 1000, code: 0 }));
    const { report } = await checkPages({ ...engine, pages, context: { ...engine.context, pages } });
    await engine.dispose();
    expect(report.diagnostics).toEqual([]);
    expect(report.checked).toMatchObject({ pages: 1, facts: 1, links: 2 });
    expect(report.unverified).toMatchObject([
      { kind: 'page', what: 'page docs/a.md', origin: { file: 'docs/a.md', line: 1 } },
      { kind: 'link', what: 'link a.md#a', why: 'docs/a.md was not read' },
    ]);
    expect(summary(report)).toBe('1 fact, 2 links on 1 page: nothing failed; 2 could not be verified');
  });

  it('lets a page that does not parse cost only itself', async () => {
    const root = repository({
      'docs/bad.mdx': '# Hi\n\n::table{view="waves}\n',
      'docs/endless.md': `# Hi\n\n${'**a_'.repeat(10_000)}\n`,
      'docs/good.md': '`K8s/none`\n',
    });
    const engine = await createEngine({ root, d2 });
    const { report } = await checkPages(engine);
    await engine.dispose();
    expect(report.diagnostics.map(({ rule, page }) => `${rule} ${page?.file}:${page?.line}`)).toEqual([
      'directive-invalid docs/bad.mdx:3',
      'directive-invalid docs/endless.md:3',
      'path-missing docs/good.md:1',
    ]);
  });

  it('takes pages by root, by folder and by path, and knows the nearest where there is none', async () => {
    const root = repository({ 'docs/a.md': 'x\n', 'docs/b.md': 'x\n' });
    const engine = await createEngine({ root, d2 });
    const filesOf = async (...pages: string[]) =>
      (await checkPages(engine, { pages })).pages.map((page) => page.file);
    expect(await filesOf('docs/b.md')).toEqual(['docs/b.md']);
    expect(await filesOf('a.md', join(root, 'docs/a.md'))).toEqual(['docs/a.md']);
    expect(await filesOf('docs')).toEqual(['docs/a.md', 'docs/b.md']);
    await expect(filesOf('docs/c.md')).rejects.toMatchObject({
      name: 'ConfigError',
      help: expect.stringContaining('docs/'),
    });
    await engine.dispose();
  });

  it('takes severities from the configuration', async () => {
    const root = repository({
      'plumbline.yaml': settings('severity: { path-missing: warning, claim-empty: off }\n'),
      'docs/a.md': '`K8s/none` :claim[x]{of="kind == \'None\'" all="true"}\n',
    });
    const engine = await createEngine({ root, d2 });
    const { report } = await checkPages(engine);
    await engine.dispose();
    expect(report.diagnostics.map(({ rule, severity }) => `${rule} ${severity}`)).toEqual([
      'path-missing warning',
    ]);
  });

  it('gives a digest that changes exactly with what the page says of the manifests', async () => {
    const root = repository({
      'docs/waves.md': '::table{view="resources" where="kind == \'ResourceQuota\'" columns="name, wave"}\n',
      'docs/count.md': ':fact[2]{count="kind == \'AppProject\'"}\n',
      'docs/excerpt.md': '```yaml source="IT/argocd/namespace.yaml"\n```\n',
      'docs/plain.md': 'Words.\n',
    });
    const engine = await createEngine({ root, d2 });
    const digests = async () =>
      Object.fromEntries((await checkPages(engine)).pages.map((page) => [page.file, page.digest]));
    const before = await digests();
    expect(await engine.reload()).toBe(false);
    const quota = join(root, 'K8s/shop/governance/resourcequota.yaml');
    writeFileSync(
      quota,
      'apiVersion: v1\nkind: ResourceQuota\nmetadata:\n  name: shop\n  namespace: shop\n  annotations:\n    argocd.argoproj.io/sync-wave: "-1"\nspec:\n  hard:\n    pods: "20"\n',
    );
    expect(await engine.reload()).toBe(true);
    const after = await digests();
    expect(Object.keys(before).filter((file) => before[file] !== after[file])).toEqual(['docs/waves.md']);

    appendFileSync(join(root, 'IT/argocd/namespace.yaml'), '# now\n');
    expect(await engine.reload()).toBe(true);
    const last = await digests();
    await engine.dispose();
    expect(Object.keys(after).filter((file) => after[file] !== last[file])).toEqual(['docs/excerpt.md']);
  });
});
