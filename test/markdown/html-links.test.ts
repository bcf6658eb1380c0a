import { fromHtml } from 'hast-util-from-html';
import { visit } from 'unist-util-visit';
import { describe, expect, it } from 'vitest';
import { htmlLinks, withHtmlLink } from '../../plugins/markdown/links/html-links.ts';

describe('the links of HTML', () => {
  it.each([
    '<a href="b.md">b</a>',
    "<A  class=x\n  HREF = 'b.md?a=1&amp;b=2' >b</A>",
    '<p><img src=./a.png alt="<a href=c>"><a href="">x</a></p>',
    '<img/src="no.png"><img src="yes.png"/>',
    '<a data-href="no" href=yes href="second">x</a> <b href="no">x</b> <img href="no">',
    '<!-- <a href="no"> --> <a href="yes"> <!-- <a href="no">',
    '<script src="yes.js">"<a href=\'no\'>"</script><style>a{}<a href="no"></style><a href="yes">',
    '<textarea><a href="no"></textarea> <iframe src="yes"></iframe>',
    '<video src="v.mp4"><source src="w.mp4"></video>',
    'no <a href="yes',
    '< a href="no">',
  ])('%s', (html) => {
    const expected: string[] = [];
    visit(fromHtml(html, { fragment: true }), 'element', ({ tagName, properties }) => {
      const value = /^(?:a|area|link)$/.test(tagName) ? properties.href : properties.src;
      if (typeof value === 'string') expected.push(value);
    });
    // Of all other attributes the scheme alone is held.
    const found = htmlLinks(html).filter(({ taken }) => taken !== 'scheme');
    // A browser also reads what CommonMark takes for no tag.
    const known = html.startsWith('<img/src') ? ['yes.png'] : expected;
    expect(found.map(({ url }) => url)).toEqual(known);
    for (const { url, start, end } of found)
      expect(html.slice(start, end).replaceAll('&amp;', '&')).toBe(url);
    for (const [at] of found.entries())
      expect(htmlLinks(withHtmlLink(html, at, '/new/?a&b#c'))[at]?.url).toBe('/new/?a&b#c');
  });

  it('are found before a run of tags that do not end', () => {
    const found = htmlLinks(`<a href="b.md">b</a>${'<script '.repeat(200_000)}`);
    expect(found.map(({ url }) => url)).toEqual(['b.md']);
  });

  it('stay apart from the text around them when one gets another address', () => {
    expect(withHtmlLink('<a href="b.md">b</a> <a href=c.md>c</a>', 1, '/c/')).toBe(
      '<a href="b.md">b</a> <a href=/c/>c</a>',
    );
    expect(withHtmlLink('<a>b</a>', 0, '/c/')).toBe('<a>b</a>');
  });
});
