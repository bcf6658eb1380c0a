import { expect, test } from 'vitest';
import { pageTitle, parsePage } from '../../plugins/markdown/index.ts';

const titleOf = (file: string, text: string) => {
  const parsed = parsePage(text, 'md');
  return pageTitle(file, text, parsed.ok ? parsed.tree : undefined).text;
};

test.each([
  ['front matter', 'a.md', '---\ntitle: "Order: of waves"\n---\n\n# Waves\n', 'Order: of waves'],
  ['TOML', 'a.md', '+++\ntitle = "Waves"\n+++\n\n# Other\n', 'Waves'],
  [
    'the first heading',
    'a.md',
    '---\ndescription: x\n---\n\nWords.\n\n## The `web` **shop**\n\n# Later\n',
    'The web shop',
  ],
  [
    'HTML, as READMEs have it',
    'a.md',
    '<h1 align="center">\n  The <b>shop</b>\n</h1>\n\n## Use\n',
    'The shop',
  ],
  ['words with a colon', 'a.md', '# At 12:30, a:b and `c:d`\n', 'At 12:30, a:b and c:d'],
  ['the name of the file', 'docs/set-up.md', 'Words alone.\n', 'set-up'],
  ['the name where a heading is a picture', 'docs/set-up.md', '# ![](logo.svg)\n', 'set-up'],
  ['the folder of an index', 'docs/guide/README.md', 'Words alone.\n', 'guide'],
  ['not a line that is no front matter', 'a.md', '# One\n\n---\ntitle: two\n---\n', 'One'],
  ['the name where headings of HTML do not end', 'a.md', '<div>\n'.concat('<h1 '.repeat(400_000)), 'a'],
])('the title of a page is %s', (_what, file, text, title) => {
  expect(titleOf(file, text)).toBe(title);
});
