import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fromHtml } from 'hast-util-from-html';
import { visit } from 'unist-util-visit';
import { VFile } from 'vfile';
import { afterAll, describe, expect, test } from 'vitest';
import { createEngine, resourceSlugs } from '../../plugins/engine/index.ts';
import type { Place } from '../../plugins/source/index.ts';
import { generatedPages } from '../../plugins/starlight/pages/generated.ts';
import { remarkPageLinks } from '../../plugins/starlight/site/page-links.ts';
import { browseLink, href, siteLinks } from '../../plugins/starlight/site/site-links.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
const address = { base: '/', trailingSlash: 'ignore', format: 'directory' } as const;

describe('addresses', () => {
  test.each([
    ['/', 'directory', 'ignore', 'a/b', '/a/b/'],
    ['/docs', 'directory', 'ignore', 'a/b', '/docs/a/b/'],
    ['/docs/', 'directory', 'never', 'a/b', '/docs/a/b'],
    ['/docs', 'file', 'ignore', 'a/b', '/docs/a/b.html'],
    ['/docs', 'directory', 'ignore', '', '/docs/'],
  ] as const)('base %s, format %s, slashes %s', (base, format, trailingSlash, slug, expected) => {
    expect(href({ base, format, trailingSlash }, slug)).toBe(expected);
  });

  test('a source link escapes the file and leaves the commit to the end', () => {
    const place = { file: 'K8s/a b/#c.yaml', line: 7, column: 1, endLine: 7, endColumn: 2 };
    const link = browseLink('https://git.example.com/{commit}/{file}#L{line}', place);
    expect(link).toBe('https://git.example.com/__plumbline_commit__/K8s/a%20b/%23c.yaml#L7');
  });
});

describe('links between pages', () => {
  const root = folder({
    'K8s/a b.yaml': '',
    'docs/index.md': '---\ntitle: x\n---\n',
    'docs/guide/The Waves.md': '',
    'docs/guide/index.mdx': '',
    'docs/guide/own.md': '---\nslug: somewhere/else\n---\n',
  });
  const docs = join(root, 'docs');
  const browse = ({ file, line }: Place) => `https://git.example.com/${file}#L${line}`;
  const resolved = (url: string, from = 'guide/index.mdx') => {
    const link = { type: 'link' as const, url, children: [] };
    const tree = { type: 'root' as const, children: [{ type: 'paragraph' as const, children: [link] }] };
    remarkPageLinks({ address, docs, root, browse })(tree, new VFile({ path: join(docs, from) }));
    return link.url;
  };

  test.each([
    ['The%20Waves.md#order', '/guide/the-waves/#order'],
    ['../index.md', '/'],
    ['./index.mdx?x=1', '/guide/?x=1'],
    ['own.md', '/somewhere/else/'],
    ['missing.md', 'missing.md'],
    ['https://example.com/a.md', 'https://example.com/a.md'],
    ['../../outside.md', '../../outside.md'],
    ['/absolute.md', '/absolute.md'],
    ['picture.png', 'picture.png'],
    ['../../K8s/a%20b.yaml#L7', 'https://git.example.com/K8s/a b.yaml#L7'],
    ['../../K8s/', 'https://git.example.com/K8s#L1'],
    ['../../K8s/none.yaml', '../../K8s/none.yaml'],
    ['../../%zz.yaml', '../../%zz.yaml'],
  ])('%s leads to %s', (url, expected) => {
    expect(resolved(url)).toBe(expected);
  });
});

describe('resource pages', () => {
  test('of the same name in two groups or written twice have addresses of their own', async () => {
    const manifest = (apiVersion: string) =>
      `apiVersion: ${apiVersion}\nkind: Service\nmetadata: { name: a, namespace: web }\n`;
    const { pages } = await made({
      'K8s/a.yaml': manifest('v1'),
      'K8s/b.yaml': manifest('serving.knative.dev/v1'),
      'K8s/c.yaml': manifest('v1'),
    });
    const ids = pages.map((page) => page.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toContain('resources/service/web/a');
    expect(ids).toContain('resources/service-serving-knative-dev/web/a');
  });

  test('carry no markup of the repository', async () => {
    const hostile = '<img src=x onerror=alert(1)> ``` :::note {x} [a](javascript:b)';
    const { pages } = await made({
      'K8s/a.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: '${hostile}'\n  namespace: '${hostile}'\ndata:\n  a: |\n    ${hostile}\n    \`\`\`\`\n    <script>alert(1)</script>\n`,
    });
    for (const page of pages) {
      const outsideFences = page.body.replace(/^(`{3,})yaml[\s\S]*?^\1$/gm, '');
      const tags: string[] = [];
      visit(fromHtml(outsideFences, { fragment: true }), 'element', (element) => {
        tags.push(element.tagName);
      });
      expect(tags).not.toContain('img');
      expect(tags).not.toContain('script');
      expect(page.body).not.toMatch(/^[^`]*\n\n<img/);
    }
  });

  test('never show the values of a Secret', async () => {
    const { pages } = await made({
      'K8s/a.yaml':
        'apiVersion: v1\nkind: Secret\nmetadata: { name: s, namespace: web }\nstringData: { key: planted-value }\n',
    });
    expect(JSON.stringify(pages)).not.toContain('planted-value');
    expect(JSON.stringify(pages)).toContain('key');
  });
});

async function made(files: Record<string, string>) {
  const root = folder(files);
  const engine = await createEngine({ root });
  const slugs = resourceSlugs(engine.platform.model);
  const links = siteLinks(address, engine.platform.model, slugs, null);
  const pages = generatedPages(engine, { address, resources: true, rules: false, slugs, links });
  await engine.dispose();
  return { pages };
}

function folder(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), 'plumbline-pages-'));
  folders.push(root);
  for (const [path, text] of Object.entries(files)) {
    const file = resolve(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return root;
}
