import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExcerptStatement } from '../../plugins/checks/index.ts';
import { ofType, statementsOf, wordsAt } from '../engine/pages.ts';
import { htmlOf } from '../remark/html.ts';
import { type Bench, engineWithPages } from './engine.ts';
import { splice } from './mend.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await engineWithPages();
});
afterAll(() => bench.close());

const source = 'source="K8s/shop/governance/resourcequota.yaml"';
const page = async (text: string, extension = 'md') =>
  (await htmlOf(bench.engine, bench.write(text, extension))).html;

const spliced = (text: string, { written, bodyPlace }: ExcerptStatement, body: string) =>
  splice(text, bodyPlace, written(body));

describe.each(['md', 'mdx'])('a %s page', (extension) => {
  it('shows an empty excerpt filled, as code, with a link to its lines', async () => {
    const html = await page(`\`\`\`yaml ${source} at="spec.hard"\n\`\`\`\n\nAfter.\n`, extension);
    expect(html).toMatch(/<pre[\s\S]*<code[^>]*>hard:\n {2}pods: (&quot;|&#x22;|")20\1/);
    expect(html).toMatch(
      /<\/pre>\s*<p class="pl-excerpt"><a class="pl-place" href="https:\/\/git\.example\.com\/K8s\/shop\/governance\/resourcequota\.yaml#L9"[^>]*>K8s\/shop\/governance\/resourcequota\.yaml:9<\/a><\/p>\s*<p>After\./,
    );
  });

  it('keeps a stale one as it is written, with a box behind it', async () => {
    const html = await page(`\`\`\`yaml ${source} at="spec.hard"\nhard: {}\n\`\`\`\n`, extension);
    expect(html).toContain('hard: {}');
    expect(html).toContain('<code>excerpt-stale</code>');
    expect(html).not.toContain('class="pl-excerpt"');
  });
});

describe('the place of an excerpt', () => {
  it.each([
    ['plain', '```yaml source="x"\na: 1\nb: 🛒\n```\n'],
    ['with tildes, in a list', '- x\n\n  ~~~~yaml source="x"\n  a: 1\n  b: 🛒\n  ~~~~\n'],
    ['in a quote, with tabs before it', '>\t```yaml source="x"\n>\ta: 1\n>\tb: 🛒\n>\t```\n'],
    ['in a footnote', 'x[^1]\n\n[^1]: ```yaml source="x"\n    a: 1\n    b: 🛒\n    ```\n'],
    ['indented', '  ```yaml source="x"\n  a: 1\n  b: 🛒\n  ```\n'],
    ['never closed', '> ```yaml source="x"\n> a: 1\n> b: 🛒\n\nAfter.\n'],
    ['with CRLF', '```yaml source="x"\r\na: 1\r\nb: 🛒\r\n```\r\n'],
    ['after front matter', '---\ntitle: x\n---\n\n```yaml source="x"\na: 1\nb: 🛒\n```\n'],
  ])('%s', (_name, text) => {
    const [excerpt] = ofType(statementsOf(text), 'excerpt');
    if (!excerpt) throw new Error('no excerpt');
    expect(excerpt.body).toBe('a: 1\nb: 🛒');
    expect(wordsAt(text, excerpt.placeOf({ line: 1, column: 3, endLine: 1, endColumn: 5 }))).toBe('🛒');
    // The same text written back is the same page, and an empty one can be filled to it.
    expect(spliced(text, excerpt, excerpt.body)).toBe(text);
    const empty = spliced(text, excerpt, '');
    const [left] = ofType(statementsOf(empty), 'excerpt');
    expect(left?.body).toBe('');
    expect(left && spliced(empty, left, 'a: 1\nb: 🛒')).toBe(text);
  });

  it('is none of a fence that has no source, and of one that shows how to write it', () => {
    const text = '```yaml title="source"\na: 1\n```\n\n````md\n```yaml source="x"\n```\n````\n';
    expect(ofType(statementsOf(text), 'excerpt')).toEqual([]);
  });
});
