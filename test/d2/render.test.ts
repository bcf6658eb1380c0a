import { describe, expect, test } from 'vitest';
import { palette } from '../../plugins/d2/classes.ts';
import { diagramCss } from '../../plugins/d2/index.ts';
import { contrast, rgbOf } from '../../plugins/d2/svg/contrast.ts';
import { themeColours } from '../../plugins/d2/theme.ts';
import { d2, input, options } from './helpers.ts';

const render = (source: string, salt = 's', overrides = {}) =>
  d2.render(input(source), options(salt, overrides));

function idsOf(svg: string): string[] {
  return [...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id ?? '');
}

describe('on a page', () => {
  test('is one svg with role, title and description, and nothing that runs or styles', async () => {
    const svg = await render('a -> b: x', 'one');
    expect(svg).toMatch(/^<svg /);
    expect(svg).toContain('role="img"');
    expect(svg).toContain('aria-labelledby="one-title"');
    expect(svg).toContain('<title id="one-title">A title</title>');
    expect(svg).toContain('<desc id="one-desc">What it shows</desc>');
    expect(svg).not.toMatch(/<\?xml|<script|<style|@font-face|prefers-color-scheme|base64/);
    expect(svg.match(/<svg/g)).toHaveLength(1);
  });

  test.each([
    ['a -> b: x', 16],
    ['a -> b\na.style.font-size: 9', 9],
    ['a -> b\na.tooltip: told', 13],
    ['a -> b\na.link: "https://example.org"', 16],
    [
      'm: |md\n  <text style="font-size:1px">small</text> <b class="appendix-icon"><title>t</title></b>\n|',
      16,
    ],
    ['a: "" { shape: circle; width: 400 }', 16],
    ['c: |go\n  func main() {}\n|', 16],
  ])('is never so narrow that its smallest text falls under 12 px: %s', async (source, smallest) => {
    const [svg, compiled] = [await render(source), await d2.compile(input(source))];
    const [, width, least] = /viewBox="\S+ \S+ (\S+) .*?min-width:(\d+)px/.exec(svg) ?? [];
    expect(Number(least)).toBe(Math.ceil((Number(width) * 12) / smallest));
    expect(compiled).toMatchObject({ least: Number(least) });
  });

  test('two equal diagrams with two salts share no id, and every reference leads to one', async () => {
    const source =
      'a -> b: x\na.style.shadow: true\nc: {style.fill: "linear-gradient(#fff, #000)"; style.fill-pattern: dots}\nd.tooltip: tip';
    const [one, two] = await Promise.all([render(source, 'one'), render(source, 'two')]);
    const [ids, others] = [idsOf(one), idsOf(two)];
    expect(ids.length).toBeGreaterThan(4);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => others.includes(id))).toEqual([]);
    const references = [...one.matchAll(/url\(#([^)]+)\)/g)].map(([, id]) => id);
    expect(references.length).toBeGreaterThan(3);
    for (const id of references) expect(ids).toContain(id);
  });

  test('takes a hostile salt and title as words', async () => {
    const svg = await render('a', '1"><script>', { title: '<script>alert(1)</script>', description: '"&<' });
    expect(svg).not.toContain('<script');
    expect(svg).toMatch(/class="d2-diagram d2-1---script-"/);
  });

  test('never lets a text fall under 12 px', async () => {
    const small = await render('a: {style.font-size: 8}');
    const [, width, least] = /width="(\d+)".*min-width:(\d+)px/.exec(small) ?? [];
    expect(Number(least)).toBeGreaterThanOrEqual((Number(width) * 12) / 8);
  });

  test('a file of its own carries its styles', async () => {
    const svg = await render('a', 's', { standalone: true });
    expect(svg).toContain('--d2-project-fill');
    expect(svg).toContain('xmlns="http://www.w3.org/2000/svg"');
  });
});

describe('links', () => {
  test('go where the page says, named by what is seen and what it is', async () => {
    const source =
      'obs: Observability {link: "gitops:AppProject/observability"}\nobs -> b: deploys {link: "gitops:x"}';
    const seen: string[][] = [];
    const svg = await render(source, 's', {
      resolveLink: (link: string, shape: string) => {
        seen.push([link, shape]);
        return { href: '/resources/obs/?a=1&b', title: 'AppProject "observability"' };
      },
    });
    expect(seen).toEqual([
      ['gitops:AppProject/observability', 'obs'],
      ['gitops:x', '(obs -> b)[0]'],
    ]);
    expect(svg).toContain('role="group"');
    expect(svg).toContain(
      '<a href="/resources/obs/?a=1&#x26;b"><title>Observability: AppProject "observability"</title>',
    );
    expect(svg).not.toContain('gitops:');
  });

  test('that the page does not know, and addresses that run something, are plain drawing', async () => {
    const source =
      'a.link: "javascript:alert(1)"\nb.link: "data:text/html,x"\nc.link: "java\\nscript:alert(1)"\nd.link: "gitops:x"';
    const inert = await render(source, 's', { resolveLink: (href: string) => ({ href, title: '' }) });
    expect(inert).not.toMatch(/<a |javascript:|data:/);
    const unknown = await render(source, 's', { resolveLink: () => null });
    expect(unknown).not.toMatch(/<a /);
    expect(unknown).toContain('role="img"');
  });
});

describe('hostile texts', () => {
  test('labels are words', async () => {
    const svg = await render(
      'a: "<script>alert(1)</script>" {tooltip: "x"}\na -> b: "<img src=x onerror=alert(1)>"',
    );
    expect(svg).not.toMatch(/<script|<img/);
    expect(svg).toContain('&#x3C;script>alert(1)&#x3C;/script>');
  });

  test('HTML in a Markdown label keeps its words and loses what runs, loads or covers the page', async () => {
    const source =
      'm: |md\n  # Title\n\n  <div onclick="alert(1)" style="position:fixed" class="x">kept<script>alert(2)</script></div>\n\n' +
      '  <iframe src="https://example.com"></iframe> <svg><a href="javascript:alert(3)">y</a></svg>\n\n  [z](javascript:alert(4)) [w](https://example.com)\n|';
    const svg = await render(source, 's', { resolveLink: (href: string) => ({ href, title: '' }) });
    expect(svg).toContain('<h1 role="presentation">Title</h1>');
    expect(svg).toContain('kept');
    expect(svg).toContain('href="https://example.com"');
    expect(svg).not.toMatch(/<script|onclick|position|<iframe|javascript:|alert/);
  });

  test('pictures are those that were given, and no address of any other is left', async () => {
    const pixel = 'data:image/png;base64,iVBORw0KGgo=';
    const source = {
      ...input(
        'a.icon: https://example.com/a.svg\nb.icon: "javascript:alert(1)"\nc.icon: "data:text/html,x"\nd.icon: "./ö b.png"\n' +
          'e: {shape: image; icon: ./e.png}\nf -> g: {icon: //example.com/f.png}\nh.icon: ./h.png\ni.icon: ./i.png',
      ),
      icons: {
        './ö b.png': pixel,
        './e.png': pixel,
        './h.png': 'https://example.com/h.png',
        './i.png': 'data:text/html;base64,AAAA',
      },
    };
    const svg = await d2.render(source, options('s'));
    expect([...svg.matchAll(/<image [^>]*href="([^"]*)"/g)].map(([, href]) => href)).toEqual([pixel, pixel]);
    expect(svg).not.toMatch(/example\.com|javascript|text\/html/);
  });

  test('a picture drawn again in one size carries its bytes once', async () => {
    const pixel = 'data:image/png;base64,iVBORw0KGgo=';
    const source = {
      ...input('a.icon: ./x.png\nb.icon: ./x.png\nc: {shape: image; icon: ./x.png}'),
      icons: { './x.png': pixel },
    };
    const svg = await d2.render(source, options('s'));
    expect(svg.split(pixel)).toHaveLength(3);
    const [, x, id] = /<image x="([\d.]+)"[^>]*id="(s-p1)"/.exec(svg) ?? [];
    const [, shift] = new RegExp(`<use href="#${id}" x="([\\d.]+)" y="0"`).exec(svg) ?? [];
    const centre = Number(/<text x="([\d.]+)"[^>]*>b</.exec(svg)?.[1]);
    expect(Number(x) + Number(shift) + 20).toBeCloseTo(centre, 0);
  });

  test('pictures in Markdown are left out', async () => {
    const svg = await render(
      'm: |md\n  ![x](https://example.com/a.png) <img src="https://example.com/b.png"/> kept\n|',
    );
    expect(svg).toContain('kept');
    expect(svg).not.toContain('example.com');
  });
});

describe('tips', () => {
  const tip = (of: string, id: string) => (id === 'quiet' ? null : `${of} ${id}, IT/a.yaml:4`);

  test('stand on shapes and edges that have none of their own', async () => {
    const svg = await render('a -> quiet\nb.tooltip: its author\na -> b: {tooltip: so is this}', 's', {
      tip,
    });
    const titles = [...svg.matchAll(/<title>([^<]*)<\/title>/g)].map(([, title]) => title);
    expect(titles).toEqual(
      expect.arrayContaining([
        'shape a, IT/a.yaml:4',
        'edge (a -> quiet)[0], IT/a.yaml:4',
        'its author',
        'so is this',
      ]),
    );
    expect(titles.join()).not.toMatch(/shape quiet|shape b|edge \(a -> b/);
  });

  test('end the name of a link, which says what it stands for once', async () => {
    const source = 'shop: Shop {link: "gitops:AppProject/shop"}\nshop -> b: permits {link: "gitops:x"}';
    const svg = await render(source, 's', {
      resolveLink: () => ({ href: '/x/', title: 'AppProject/shop' }),
      tip: (of: string) =>
        of === 'shape'
          ? 'AppProject/shop, IT/shop.yaml:4'
          : 'AppProject/shop permits Namespace/b, IT/shop.yaml:9',
    });
    expect(svg).toContain('<a href="/x/"><title>Shop: AppProject/shop, IT/shop.yaml:4</title>');
    expect(svg).toContain('<title>permits: AppProject/shop permits Namespace/b, IT/shop.yaml:9</title>');
  });
});

describe('colours', () => {
  test('of themes and classes are custom properties with a light value to fall back on', async () => {
    const svg = await render('...@gitops/classes\np: {class: project}\nq');
    expect(svg).toContain('fill="var(--d2-project-fill,#f5f3fe)"');
    expect(svg).toContain('fill="var(--d2-project-text,#3c2d5f)"');
    expect(svg).toMatch(/fill="var\(--d2-B\d,#[0-9a-f]{6}\)"/);
  });

  test('that an author writes win, and the text on them is kept readable', async () => {
    const svg = await render(
      '...@gitops/classes\np: {class: project; style.fill: "#112233"}\nw: {style.fill: honeydew}\nn: {style.fill: navy}',
    );
    expect(svg).toContain('fill="#112233"');
    expect(svg).not.toContain('--d2-project-fill');
    for (const [label, fill] of [
      ['w', 'honeydew'],
      ['n', 'navy'],
    ] as const) {
      const ink = new RegExp(`fill="([^"]+)"[^>]*>${label}</text>`).exec(svg)?.[1] ?? '';
      expect(contrast(rgbOf(ink) ?? [0, 0, 0], rgbOf(fill) ?? [0, 0, 0]), label).toBeGreaterThan(7);
    }
  });

  test('of an edge inside a dark container are light, of the same edge outside the theme’s', async () => {
    const svg = await render('c: {style.fill: "#111827"; a -> b: inside}\nx -> y: outside');
    expect(svg).toMatch(/fill="#f4f6fa"[^>]*>inside</);
    expect(svg).toMatch(/fill="var\(--d2-N2[^>]*>outside</);
    expect(svg.match(/<marker/g)).toHaveLength(2);
  });

  test('of a legend follow the theme, ground and texts', async () => {
    const svg = await render(
      'vars: {d2-legend: {l: First; m: Second {style.fill: "#ffffff"; style.stroke: "#DEE1EB"}}}\na',
    );
    expect(svg).toMatch(/(?:<rect [^>]*var\(--d2-N7[^>]*>){2}<text [^>]*var\(--d2-N1[^>]*>Legend</);
    expect(svg).toMatch(/fill="#ffffff"/);
  });

  test('chosen for a fill are not kept for a label that lies outside it', async () => {
    const svg = await render(
      'u: User {shape: person; style.fill: navy; style.font-color: white}\nn: in {style.fill: navy; style.font-color: white}',
    );
    expect(svg).toMatch(/fill="var\(--d2-N1[^>]*>User</);
    expect(svg).toMatch(/fill="white"[^>]*>in</);
  });

  test('of a theme that the author chose stay with that diagram, in both themes', async () => {
    const svg = await render('vars: {d2-config: {theme-id: 4; dark-theme-id: 201}}\na -> b', 'own');
    const css = /<style>(.*?)<\/style>/s.exec(svg)?.[1] ?? '';
    const selectors = [...css.matchAll(/([^{}]+)\{/g)].map(([, selector]) => selector);
    expect(selectors).toEqual(['.own', '@media screen', ":root[data-theme='dark'] .own"]);
  });
});

describe('the stylesheet', () => {
  const css = diagramCss();

  test('follows data-theme, not the system, and speaks of diagrams alone', () => {
    expect(css).toContain("[data-theme='dark']");
    expect(css).not.toContain('prefers-color-scheme');
    const bare = css
      .replace(/@font-face\{[^}]*\}|@keyframes [^{]*\{[^}]*\{[^}]*\}\}|@keyframes[^}]*\}\}/g, '')
      .replace(/@media[^{]*\{/g, '');
    const selectors = [...bare.matchAll(/([^{}]+)\{/g)].map(([, selector]) => (selector ?? '').trim());
    expect(
      selectors.filter((selector) => !/^:where\(:root|\.d2-(?:diagram|legend)\b/.test(selector)),
    ).toEqual([]);
  });

  test('sets every colour for both themes', () => {
    const [light = '', dark = ''] = css.split("[data-theme='dark']");
    for (const name of [...Object.keys(themeColours), ...Object.keys(palette).map((key) => `${key}-fill`)]) {
      expect(light).toContain(`--d2-${name}:`);
      expect(dark).toContain(`--d2-${name}:`);
    }
  });

  test.each(['light', 'dark'] as const)('keeps texts at 7:1 and lines at 3:1 in %s', (theme) => {
    const ratio = (a = '', b = '') => contrast(rgbOf(a) ?? [0, 0, 0], rgbOf(b) ?? [0, 0, 0]);
    const page = themeColours.N7?.[theme];
    for (const [name, colours] of Object.entries(palette)) {
      const [fill, stroke, text] = colours[theme];
      expect(ratio(text, fill), `${name} text on its fill`).toBeGreaterThan(7);
      expect(ratio(text, page), `${name} text on the page`).toBeGreaterThan(7);
      expect(ratio(stroke, fill), `${name} stroke on its fill`).toBeGreaterThan(3);
      expect(ratio(stroke, page), `${name} stroke on the page`).toBeGreaterThan(3);
      expect(ratio(themeColours.N2?.[theme], fill), `edge label on ${name}`).toBeGreaterThan(4.5);
    }
    for (const fill of ['N7', 'B3', 'B4', 'B5', 'B6', 'AA4', 'AA5', 'AB4', 'AB5']) {
      expect(ratio(themeColours.N1?.[theme], themeColours[fill]?.[theme]), `N1 on ${fill}`).toBeGreaterThan(
        7,
      );
      expect(ratio(themeColours.N2?.[theme], themeColours[fill]?.[theme]), `N2 on ${fill}`).toBeGreaterThan(
        4.5,
      );
      expect(ratio(themeColours.B1?.[theme], themeColours[fill]?.[theme]), `B1 on ${fill}`).toBeGreaterThan(
        3,
      );
    }
  });
});

test('ELK draws too, asked for by the page or by the diagram', async () => {
  const source = 'a: {b -> c}\na.c -> d';
  const [dagre, elk, own] = await Promise.all([
    d2.render(input(source), options('s')),
    d2.render({ ...input(source), layout: 'elk' }, options('s')),
    d2.render(input(`vars: {d2-config: {layout-engine: elk}}\n${source}`), options('s')),
  ]);
  expect(elk).not.toBe(dagre);
  expect(own).toBe(elk);
});
