import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { deadLinks, reportedLinks, writeLinkPages } from './crawl.ts';
import { copySite } from './site.ts';

const store = copySite('site-store');
afterAll(() => store.remove());

const page = (end: string) => `---
title: Excerpts
---

\`\`\`yaml source="IT/argocd/appproject-store.yaml" at="spec.destinations" {2}
\`\`\`

\`\`\`yaml source="K8s/store/web/secret.yaml"
\`\`\`

${end}
`;

test('an excerpt is a code block of the site, with its file above and the way to it below', {
  timeout: 240_000,
}, async () => {
  const table = '| Name | Wave |\n| --- | --: |\n| store | -5 |';
  const options = `resources where="kind == 'Namespace'" columns="name, wave"`;
  store.write(
    'docs/guide/excerpts.md',
    page(`<!-- plumbline:table ${options} -->\n\n${table}\n\n<!-- /plumbline:table -->`),
  );
  store.write(
    'docs/guide/inside.mdx',
    page(`{/* plumbline:table ${options} */}\n\n${table}\n\n{/* /plumbline:table */}`),
  );
  const { code, output } = await store.build();
  expect(output).not.toContain('disagree');
  expect(code, output).toBe(0);
  for (const name of ['guide/excerpts', 'guide/inside']) {
    const html = store.html(name);
    const [figure = ''] = /<figure class="frame[\s\S]*?<\/figure>/.exec(html) ?? [];
    expect(figure).toContain('IT/argocd/appproject-store.yaml</span>');
    expect(figure).toMatch(/<div class="ec-line highlight mark">/);
    expect(figure).toMatch(/<span style="--0:[^>]*>destinations<\/span>/);
    expect(figure).not.toContain('source=');
    expect(html).toMatch(/<\/figure><\/div>\s*<p class="pl-excerpt">/);
    // On the site a snapshot is the live table; what was written out for a Git host is not shown a second
    // time.
    expect(html.match(/data-view="resources"/g)).toHaveLength(1);
    expect(html).toMatch(/<a class="pl-ref" href="[^"]*resources\/namespace\/store\/"[^>]*>store<\/a>/);
    expect(html).not.toContain('<td>store</td>');
    expect(html).not.toContain('planted-secret-value');
  }
  // Nothing has changed: nothing is rendered but MDX, which Astro compiles each time.
  expect((await store.build()).rendered.filter((page) => page.endsWith('.md'))).toEqual([]);
  expect(readdirSync(join(store.root, 'node_modules/.cache/plumbline/outcome')).length).toBe(1);
  store.edit('IT/argocd/appproject-store.yaml', 'destinations:', 'destinations: # now');
  const again = await store.build();
  expect(again.code).toBe(0);
  expect(again.rendered).toContain('guide/excerpts.md');
  expect(again.rendered).not.toContain('guide/waves.md');
  expect(store.html('guide/excerpts')).toContain('# now');
});

test('a file that is no manifest counts too, and so does one that a link names', {
  timeout: 240_000,
}, async () => {
  // The same build shows which links are dead where there is no base.
  const settings = store.read('plumbline.yaml');
  store.edit('astro.config.mjs', "base: '/store',", '');
  writeLinkPages(store);
  store.write('NOTES.txt', 'one\n');
  store.write(
    'docs/guide/notes.md',
    '---\ntitle: Notes\n---\n\n```text source="NOTES.txt"\n```\n\n[Here](../../NOTES.txt).\n',
  );
  expect((await store.build()).code).toBe(0);
  expect(store.html('guide/notes')).toContain('one');
  const dead = deadLinks(join(store.root, 'dist'), '/');
  expect(dead).toContain('links/plain /store/file.pdf');
  expect(dead).toEqual(await reportedLinks(store.root));
  store.edit('NOTES.txt', 'one', 'two');
  const changed = await store.build();
  expect(changed.code).toBe(0);
  expect(changed.rendered.filter((page) => page.endsWith('.md'))).toEqual(['guide/notes.md']);
  expect(store.html('guide/notes')).toContain('two');
  rmSync(join(store.root, 'NOTES.txt'));
  store.write('plumbline.yaml', settings);
  const gone = await store.build();
  expect(gone.code).toBe(1);
  expect(gone.output).toContain('link-broken');
  // A fault is told each time.
  expect((await store.build()).output).toContain('link-broken');
});
