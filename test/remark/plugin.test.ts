import fc from 'fast-check';
import { fromHtml } from 'hast-util-from-html';
import { toHtml } from 'hast-util-to-html';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bench, engineWithPages, repositoryFrom } from '../checks/engine.ts';
import { runs } from '../fuzz.ts';
import { htmlOf } from './html.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await engineWithPages();
});
afterAll(() => bench.close());

const page = async (text: string, extension = 'md') =>
  (await htmlOf(bench.engine, bench.write(text, extension))).html;

describe.each(['md', 'mdx'])('a %s page', (extension) => {
  it('gets a table with links, a caption and its count', async () => {
    const html = await page(
      '::table{view="resources" where="kind == \'Namespace\'" columns="name, wave" sort="name"}\n',
      extension,
    );
    expect(html).toContain('data-view="resources"');
    expect(html).toMatch(/<figcaption class="pl-caption">[^<]+<\/figcaption>/);
    expect(html).toContain('<th>Name</th>');
    expect(html).toContain('>shop</a>');
    expect(html).toContain('href="https://git.example.com/K8s/shop/governance/namespace.yaml#L');
    expect(html).toContain('<span class="pl-count">2 rows</span>');
    expect(html).not.toContain('::table');
  });

  it('gets a diagram as inline SVG that links to resources, and the same as tables', async () => {
    const html = await page(
      '# Projects\n\n```d2 title="Who may"\np: Shop { link: "gitops:AppProject/shop" }\nn: shop { link: "gitops:Namespace/shop" }\np -> n: may write\n```\n',
      extension,
    );
    expect(html).toMatch(
      /<figure class="pl-diagram not-content" data-view="d2" data-shapes="2" data-edges="1" /,
    );
    expect(html).toMatch(/<svg[^>]*/);
    expect(html).toContain('/resources/appproject-shop/');
    expect(html).toContain('<figcaption class="pl-caption">Who may</figcaption>');
    expect(html).toContain('<td>Shop</td><td>shop</td><td>may write</td><td>permits</td>');
    expect(html).not.toContain('href="gitops:');
  });

  it('gets facts, claims, paths and references in their sentences', async () => {
    const html = await page(
      'There are :fact[two]{count="kind == \'AppProject\'"} projects and :fact[]{count="kind == \'Service\'"} service. ' +
        ':claim[Stores come *early*]{of="kind == \'SecretStore\'" all="wave < 0"}: see `K8s/*/governance` and `Service/cart`.\n',
      extension,
    );
    expect(html).toContain('>two</span> projects');
    expect(html).toContain('>1</span> service');
    expect(html).toMatch(
      /<span class="pl-claim">Stores come <em>early<\/em><span class="pl-mark" role="img"/,
    );
    expect(html).toContain('title="Verified: all of 1 resource: wave < 0; where kind ==');
    expect(html).toContain('class="pl-path"');
    expect(html).toMatch(
      /<a class="pl-ref" href="\/resources\/service-cart\/"[^>]*><code>Service\/cart<\/code><\/a>/,
    );
  });

  it('names in the tip of a claim about some what it is true of', async () => {
    const html = await page(
      ':claim[One]{of="kind == \'Namespace\'" any="wave < 0"}, :claim[all]{of="true" any="kind == \'Namespace\' && wave < 0"}.\n',
      extension,
    );
    expect(html).toMatch(
      /title="Verified: 1 of 2 resources: wave < 0; where kind == (?:'|&#x27;)Namespace(?:'|&#x27;): Namespace\/shop"/,
    );
    expect(html).toMatch(/ && wave < 0: Namespace\/shop"|&#x26;&#x26; wave < 0: Namespace\/shop"/);
  });

  it('shows every fault in a box behind its block, and tells the page', async () => {
    const text =
      'There are :fact[three]{count="kind == \'AppProject\'"} projects and `K8s/nowhere`.\n\nAfter.\n';
    const { html, pages } = await htmlOf(bench.engine, bench.write(text, extension));
    expect(html).toMatch(
      /three<\/span>[\s\S]*<\/p>\s*<aside class="pl-fault not-content" data-rule="fact-stale"[\s\S]*data-rule="path-missing"[\s\S]*<p>After\.<\/p>/,
    );
    expect(pages.map((one) => one.diagnostics.map((diagnostic) => diagnostic.rule))).toEqual([
      ['fact-stale', 'path-missing'],
    ]);
  });
});

describe('a page on the site', () => {
  it('is placed by its file, front matter counted', async () => {
    const { pages } = await htmlOf(bench.engine, bench.write('---\ntitle: x\n---\n\n\nSee `K8s/nowhere`.\n'));
    expect(pages[0]?.diagnostics[0]?.page).toMatchObject({ line: 6, column: 6 });
  });

  it('takes names from manifests as text', async () => {
    const html = await page(
      '::table{view="resources" where="true" columns="x = \'<script>alert(1)</script>\'" limit="1"}\n',
    );
    expect(html).toContain('&#x3C;script>');
    expect(html).not.toContain('<script>');
  });

  it('draws two diagrams of one text with ids of their own', async () => {
    const fence = '```d2\na -> b\n```\n\n';
    const html = await page(fence + fence);
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
    expect(ids.length).toBeGreaterThan(0);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('puts no link into a link', async () => {
    const html = await page('[see `Service/cart`](https://example.com)\n');
    expect(html).toContain('<a href="https://example.com">see <span class="pl-ref"');
  });

  it('keeps a figure inside its list or quote', async () => {
    const html = await page('- one\n\n  ::table{view="projects"}\n\n> ::table{view="projects"}\n');
    expect(html).toMatch(/<li>[\s\S]*<figure[\s\S]*<\/figure>\s*<\/li>/);
    expect(html).toMatch(/<blockquote>\s*<figure/);
  });

  it('shows a directive that is at fault as it was written', async () => {
    const html = await page('::table{view="wavs"}\n');
    expect(html).toContain('<code class="pl-fault-text" data-rule="directive-invalid"');
    expect(html).toContain('::table{view="wavs"}');
  });

  it('lets a suppressed fault be', async () => {
    const html = await page(
      '<!-- plumbline-ignore fact-stale: counted by hand -->\n\nThere are :fact[three]{count="kind == \'AppProject\'"}.\n',
    );
    expect(html).toContain('<span class="pl-fact">three</span>');
    expect(html).not.toContain('pl-fault');
  });

  it('leaves every directive that is not ours as it was', async () => {
    const words = fc.stringMatching(/^[a-z]{1,8}$/).filter((word) => !/^(tabl|diag|fac|clai)/.test(word));
    await fc.assert(
      fc.asyncProperty(words, words, fc.constantFrom(':', '::', ':::'), async (name, label, colons) => {
        const text = `Before 12:30 a:${name} ${colons === ':' ? `:${name}[${label}]` : ''}\n\n${colons === '::' ? `::${name}[${label}]` : ''}\n\n:::${name}\n${label}\n:::\n`;
        const path = bench.write(text);
        const { pages } = await htmlOf(bench.engine, path);
        expect(pages[0]?.verdicts).toEqual([]);
      }),
      { numRuns: runs(25) },
    );
  });
});

describe('what the site gets', () => {
  it('is HTML that reads back as itself', async () => {
    const html = await page('::table{view="waves"}\n\n```d2\na: "<b>&" -> b\n```\n');
    const once = toHtml(fromHtml(html, { fragment: true }));
    expect(toHtml(fromHtml(once, { fragment: true }))).toBe(once);
  });
});

describe('what keeps a statement from being verified', () => {
  const application = (lists: string, more = '') => `==> IT/shop.yaml <==
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: shop, namespace: argocd }
spec:
  project: default
  source: { repoURL: https://git.example.com/shop.git, path: K8s/shop, targetRevision: HEAD }
  destination: { server: https://kubernetes.default.svc, namespace: shop }
==> K8s/shop/kustomization.yaml <==
resources: [${lists}]
==> K8s/shop/service.yaml <==
apiVersion: v1
kind: Service
metadata: { name: web }
${more}`;
  const text = '::table{view="applications"}\n\nThere is :fact[1]{count="kind == \'Service\'"} service.\n';
  const told = async (repository: string, page = text) => {
    const other = await engineWithPages(repositoryFrom(repository));
    try {
      const { html, pages } = await htmlOf(other.engine, other.write(page));
      const boxes = html.match(/<aside class="pl-fault not-content" data-rule="[\s\S]*?<\/aside>/g) ?? [];
      return { boxes, html, page: pages[0] };
    } finally {
      await other.close();
    }
  };

  it.each([
    ['a file that is not there', 'service.yaml, gone.yaml', '', 'render-failed', /gone\.yaml/],
    ['a file that is no YAML', 'service.yaml', 'a: [1\nb: }\n', 'manifest-invalid', /not valid YAML/],
  ])('is told once on the page, with the other side, for %s', async (_, lists, more, rule, said) => {
    const { boxes, html, page } = await told(application(lists, more));
    expect(boxes).toHaveLength(1);
    expect(boxes[0]).toContain(`data-rule="${rule}"`);
    expect(boxes[0]).toMatch(said);
    expect(boxes[0]).toContain('class="pl-fault-frame"');
    expect(html.indexOf('<figure')).toBeLessThan(html.indexOf('<aside'));
    // It is a fault of the manifests, and none of the page.
    expect(page?.diagnostics).toEqual([]);
    const mended = await told(application('service.yaml'));
    expect(mended.boxes).toEqual([]);
    expect(mended.page?.digest).not.toBe(page?.digest);
  });

  it('is not told on a page that it does not concern', async () => {
    const { boxes } = await told(application('gone.yaml'), 'See `IT/shop.yaml`.\n');
    expect(boxes).toEqual([]);
  });
});
