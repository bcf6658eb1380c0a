import { afterAll, expect, test } from 'vitest';
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
    // On the site a snapshot is the live table; what was written out for a Git host is not shown a second time.
    expect(html.match(/data-view="resources"/g)).toHaveLength(1);
    expect(html).toMatch(/<a class="pl-ref" href="[^"]*resources\/namespace\/store\/"[^>]*>store<\/a>/);
    expect(html).not.toContain('<td>store</td>');
    expect(html).not.toContain('planted-secret-value');
  }
  store.edit('IT/argocd/appproject-store.yaml', 'destinations:', 'destinations: # now');
  const again = await store.build();
  expect(again.code).toBe(0);
  expect(again.rendered).toContain('guide/excerpts.md');
  expect(again.rendered).not.toContain('guide/waves.md');
  expect(store.html('guide/excerpts')).toContain('# now');
});
