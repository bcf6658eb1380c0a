import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pictureOf } from '../../plugins/checks/diagrams/embedded-pictures.ts';
import { isVerdictOf } from '../../plugins/checks/index.ts';
import { checkPage } from '../../plugins/engine/check-pages.ts';
import { wordsAt } from '../engine/pages.ts';
import { rowsInTurns } from '../turns.ts';
import { type Bench, engineWithPages, temporaryFolder } from './engine.ts';

const logo = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle r="4" fill="url(#g)"/></svg>';
const bytes = {
  png: Buffer.from('89504e470d0a1a0a0000', 'hex'),
  jpeg: Buffer.from('ffd8ffe000104a464946', 'hex'),
  gif: Buffer.from('GIF89a0000'),
  webp: Buffer.from('RIFF\0\0\0\0WEBPVP8 '),
};

let bench: Bench;
let outside: string;
beforeAll(async () => {
  bench = await engineWithPages();
  outside = temporaryFolder();
  writeFileSync(join(outside, 'secret.svg'), logo);
  mkdirSync(join(bench.docs, 'img'));
  writeFileSync(join(bench.docs, 'img', 'logo.svg'), logo);
  writeFileSync(join(bench.docs, 'img', 'größe 😀.svg'), logo);
  writeFileSync(join(bench.docs, 'img', 'part.d2'), 'i.icon: ./logo.svg\n');
  writeFileSync(join(bench.docs, 'img', 'large.svg'), logo + ' '.repeat(65 * 1024));
  writeFileSync(join(bench.docs, 'img', 'script.svg'), '<svg><script>alert(1)</script></svg>');
  writeFileSync(join(bench.docs, 'img', 'text.png'), 'words');
  symlinkSync(join(outside, 'secret.svg'), join(bench.docs, 'img', 'link.svg'));
  for (const [name, content] of Object.entries(bytes)) writeFileSync(join(bench.docs, `a.${name}`), content);
});
afterAll(() => bench.close());

const fence = (body: string) => `\`\`\`d2\n${body}\n\`\`\`\n`;
const uri = (type: string, content: string | Buffer) =>
  `data:image/${type};base64,${Buffer.from(content).toString('base64')}`;

async function iconsIn(body: string): Promise<Record<string, string> | undefined> {
  const report = await checkPage(bench.engine, bench.write(fence(body)));
  expect(report.diagnostics.map(({ message }) => message)).toEqual([]);
  const [verdict] = report.verdicts;
  return verdict && isVerdictOf(verdict, 'd2') ? verdict.result?.input.icons : undefined;
}

describe('an icon', () => {
  it.each(
    rowsInTurns(
      [
        ['beside the page', 'a.icon: ./img/logo.svg', { './img/logo.svg': uri('svg+xml', logo) }],
        ['with blanks and emoji', 'a.icon: "img/größe 😀.svg"', { 'img/größe 😀.svg': uri('svg+xml', logo) }],
        ['as a shape', 'a: { shape: image; icon: ./a.png }', { './a.png': uri('png', bytes.png) }],
        ['of an edge', 'a -> b: { icon: ./a.gif }', { './a.gif': uri('gif', bytes.gif) }],
        [
          'of a class',
          'classes: { k: { icon: ./a.webp } }\na.class: k',
          { './a.webp': uri('webp', bytes.webp) },
        ],
        ['of a board', 'layers: { d: { a.icon: ./a.jpeg } }', { './a.jpeg': uri('jpeg', bytes.jpeg) }],
        [
          'of a legend',
          'x\nvars: { d2-legend: { l: L { icon: ./a.png } } }',
          { './a.png': uri('png', bytes.png) },
        ],
        ['of an import lies beside that', 'x: @img/part', { 'img/logo.svg': uri('svg+xml', logo) }],
      ],
      3,
    ),
  )('%s is carried in the page', async (_name, body, icons) => {
    expect(await iconsIn(body)).toEqual(icons);
  });

  it('that changes is another input, so that the page is made again', async () => {
    const file = join(bench.docs, 'changing.svg');
    const page = bench.write(fence('a.icon: ./changing.svg'));
    writeFileSync(file, logo);
    const first = await checkPage(bench.engine, page);
    writeFileSync(file, logo.replace('8 8', '9 9'));
    expect((await checkPage(bench.engine, page)).digest).not.toBe(first.digest);
  });

  it.each(
    rowsInTurns(
      [
        [
          'https://example.com/a.svg',
          'an icon is a file of the repository, and `https://example.com/a.svg` is not',
        ],
        ['//example.com/a.svg', 'an icon is a file of the repository, and `//example.com/a.svg` is not'],
        [
          '"data:image/png;base64,AAAA"',
          'an icon is a file of the repository, and `data:image/png;base64,AAAA` is not',
        ],
        ['/etc/logo.svg', 'the icon `/etc/logo.svg` is an absolute path'],
        [
          '../../../../../../../etc/passwd',
          'the icon `../../../../../../../etc/passwd` lies outside the repository',
        ],
        ['./img/link.svg', 'the icon `./img/link.svg` lies outside the repository'],
        ['./img/large.svg', 'the icon `./img/large.svg` has 66 KiB, and every page carries its own copy'],
        ['./img/script.svg', 'the icon `./img/script.svg` holds a script'],
        ['./img/text.png', 'the icon `./img/text.png` is no picture that a page can carry'],
        ['./img', 'there is no file for the icon `./img`'],
        ['./img/lgo.svg', 'there is no file for the icon `./img/lgo.svg`'],
      ],
      3,
    ),
  )('%s is refused at its place', async (written, message) => {
    const page = fence(`x: "😀" { icon: ${written} }\nlayers: { d: { y.icon: ${written} } }`);
    const { diagnostics } = await bench.check(page);
    expect(
      diagnostics.map((one) => [one.rule, one.message, one.page ? wordsAt(page, one.page) : '']),
    ).toEqual([['diagram-invalid', message, written]]);
    expect(diagnostics[0]?.page?.line).toBe(2);
    expect(diagnostics[0]?.help).toBeTruthy();
  });

  it('that is not there offers its neighbours', async () => {
    const { diagnostics } = await bench.check(fence('a.icon: ./img/lgo.svg'));
    expect(diagnostics[0]?.candidates[0]).toBe('./img/logo.svg');
    const far = await bench.check(fence('a.icon: ../../../../../../etc/nothing.svg'));
    expect(far.diagnostics[0]?.candidates).toEqual([]);
  });
});

describe('an SVG', () => {
  it.each(
    rowsInTurns(
      [
        '<svg><SCRIPT>x</SCRIPT></svg>',
        '<s:svg xmlns:s="http://www.w3.org/2000/svg"><svg/><s:script href="#x"/></s:svg>',
        '<svg onload="x()"/>',
        '<svg\nonload = "x()"/>',
        '<svg><foreignObject/></svg>',
        '<svg><image href="https://example.com/a.png"/></svg>',
        '<svg><image xlink:href = "//example.com/a.png"/></svg>',
        '<svg><use href="other.svg#x"/></svg>',
        '<svg><a href="&#106;avascript:x"/></svg>',
        '<svg><image href="data:image/svg+xml,x"/></svg>',
        '<svg><rect fill="url(https://example.com/#x)"/></svg>',
        '<svg><rect fill="url( \'//example.com/#x\')"/></svg>',
        '<svg><style>@import "x"</style></svg>',
        '<svg><style>a{fill:u\\72l(//example.com)}</style></svg>',
        '<!DOCTYPE svg [<!ENTITY x "y">]><svg>&x;</svg>',
        '<?xml-stylesheet href="#x"?><svg/>',
        'just words',
      ],
      3,
    ),
  )('%s is refused', (text) => {
    expect(pictureOf(Buffer.from(text)).ok).toBe(false);
  });

  it.each(
    rowsInTurns(
      [
        logo,
        '<?xml version="1.0"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x.dtd">\n<svg xmlns:xlink="http://www.w3.org/1999/xlink"><use xlink:href= "#a"/></svg>',
        '<svg><rect fill="url( #g )" style="fill:url(\'#g\')"/><image href="data:image/png;base64,AA"/><a href=""/></svg>',
      ],
      3,
    ),
  )('%s is taken', (text) => {
    expect(pictureOf(Buffer.from(text)).ok).toBe(true);
  });
});
