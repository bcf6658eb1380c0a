import { expect, test } from 'vitest';
import { pageMarkdown } from '../../plugins/starlight/trust/page-markdown.ts';

test('a row of a table is one line of Markdown, whatever its cells hold', () => {
  const page = pageMarkdown(`<main><h1>Page</h1><table><thead><tr><th>Name</th><th>Places</th></tr></thead>
<tbody><tr><td>one</td><td><ul><li><a href="/a">a.yaml:1</a></li><li>b.yaml:2</li></ul></td></tr>
<tr><td>two</td><td>some <details><summary>2 more</summary><ul><li>c</li><li>d</li></ul></details></td></tr>
</tbody></table></main>`);
  expect(page?.markdown).toContain('| one | [a.yaml:1](/a); b.yaml:2 |\n| two | some 2 more c; d |\n');
});
